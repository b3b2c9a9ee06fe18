import { describe, expect, test } from "vitest";
import { FairQueue } from "./fair-queue.ts";

/** Work that runs until it is let go, noting when it starts. */
function held(queue: FairQueue, started: string[]) {
  const gates = new Map<string, PromiseWithResolvers<void>>();
  return {
    ask(organisation: string, name: string) {
      const gate = Promise.withResolvers<void>();
      gates.set(name, gate);
      return queue.run(organisation, async () => {
        started.push(name);
        await gate.promise;
      });
    },
    let: (name: string) => gates.get(name)?.resolve(),
  };
}
const settle = () => new Promise((done) => setImmediate(done));

describe("a fair queue", () => {
  test("takes turns between organisations, however many one has waiting", async () => {
    const started: string[] = [];
    const queue = new FairQueue(1, 100);
    const work = held(queue, started);
    const all = ["a1", "a2", "a3", "a4"].map((name) => work.ask("a", name));
    all.push(work.ask("b", "b1"), work.ask("b", "b2"), work.ask("c", "c1"));
    for (const name of ["a1", "b1", "c1", "a2", "b2", "a3", "a4"]) {
      await settle();
      expect(started.at(-1)).toBe(name);
      work.let(name);
    }
    await Promise.all(all);
  });

  test("two places that come free together go to two organisations", async () => {
    const started: string[] = [];
    const work = held(new FairQueue(2, 100), started);
    const all = ["a1", "a2", "a3", "a4"].map((name) => work.ask("a", name));
    all.push(work.ask("b", "b1"));
    await settle();
    work.let("a1");
    work.let("a2");
    await settle();
    expect(started.slice(2).sort()).toEqual(["a3", "b1"]);
    for (const name of ["a3", "a4", "b1"]) work.let(name);
    await settle();
    work.let("a4");
    await Promise.all(all);
  });

  test("runs no more at once than it may, and turns away what has no room to wait", async () => {
    const started: string[] = [];
    const work = held(new FairQueue(2, 1), started);
    const running = [work.ask("a", "1"), work.ask("a", "2"), work.ask("a", "3")];
    await expect(work.ask("b", "4")).rejects.toMatchObject({ code: "engine.busy" });
    await settle();
    expect(started).toEqual(["1", "2"]);
    for (const name of ["1", "2", "3"]) work.let(name);
    await Promise.all(running);
  });

  test("goes on after work that fails", async () => {
    const queue = new FairQueue(1, 5);
    const failing = Array.from({ length: 4 }, () => queue.run("a", () => Promise.reject(new Error("lost"))));
    expect((await Promise.allSettled(failing)).every(({ status }) => status === "rejected")).toBe(true);
    expect(await queue.run("a", async () => "well")).toBe("well");
  });
});
