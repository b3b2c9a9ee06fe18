import { expect, test } from "vitest";
import type { House, Loop } from "./access/index.ts";
import { startLoops } from "./run-loops.ts";

const logged: string[] = [];
const log = { info: () => undefined, warn: () => undefined, error: (event: string) => void logged.push(event) };
const houseOf = (loops: readonly Loop[]) => ({ modules: [{ name: "test", actions: [], loops }], log }) as unknown as House;
const soon = (ms: number) => new Promise((done) => setTimeout(done, ms));

test("turns at once and again after a pause, also after one that failed; none begins once it is stopped", async () => {
  let turns = 0;
  const turn = async () => {
    turns += 1;
    if (turns === 2) throw new Error("this one fails");
  };
  const loops = startLoops(houseOf([{ name: "quick", everySeconds: 0.01, turn }]));
  expect(turns).toBe(1);
  await soon(200);
  await loops.stop();
  const then = turns;
  expect(then).toBeGreaterThan(3);
  expect(logged).toEqual(["loop.turn-failed"]);
  await soon(50);
  expect(turns).toBe(then);
});

test("a stop waits for the turn that is under way, and turns of one loop never overlap", async () => {
  let [open, most, ended] = [0, 0, 0];
  const turn = async () => {
    open += 1;
    most = Math.max(most, open);
    await soon(60);
    open -= 1;
    ended += 1;
  };
  const loops = startLoops(houseOf([{ name: "slow", everySeconds: 0.001, turn }]));
  await soon(80);
  await loops.stop();
  expect([open, most, ended]).toEqual([0, 1, 2]);
});
