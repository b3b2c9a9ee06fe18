import { expect, test } from "vitest";
import { turnstile } from "./turnstile.ts";

test("a burst goes through in order, one a turn, and others get their turns between", async () => {
  const enter = turnstile();
  const order: string[] = [];
  const burst = Array.from({ length: 4 }, async (_, at) => {
    await enter();
    order.push(`page ${at}`);
  });
  const others = (async () => {
    for (let at = 0; at < 3; at += 1) {
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      order.push("other");
    }
  })();
  await Promise.all([...burst, others]);
  expect(order.filter((name) => name !== "other")).toEqual(["page 0", "page 1", "page 2", "page 3"]);
  expect(order.indexOf("other")).toBeLessThan(order.indexOf("page 2"));
});

test("it opens again after it stood empty", async () => {
  const enter = turnstile();
  const order: number[] = [];
  for (let at = 0; at < 3; at += 1) {
    await enter();
    order.push(at);
  }
  expect(order).toEqual([0, 1, 2]);
});
