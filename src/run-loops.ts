import { setTimeout } from "node:timers/promises";
import type { House } from "./access/index.ts";

const longestWaitMs = 5000;

/**
 * Runs the loops of every domain, each by itself: one turn at once, and the next a pause after the last has ended. A turn that
 * fails is logged and the next one tried. `stop` waits for the turns that are under way, but not for one that hangs on a share that
 * does not answer: its work stands in the records, and the next start goes on with it.
 */
export function startLoops(house: House): { stop(): Promise<void> } {
  const stopped = new AbortController();
  const running = house.modules
    .flatMap(({ loops = [] }) => loops)
    .map(async ({ name, everySeconds, turn }) => {
      while (!stopped.signal.aborted) {
        await turn(house).catch((error: unknown) =>
          house.log.error("loop.turn-failed", {
            loop: name,
            detail: error instanceof Error ? (error.stack ?? "") : String(error),
          }),
        );
        await pause(everySeconds * 1000, stopped.signal);
      }
    });
  return {
    stop: async () => {
      stopped.abort();
      await Promise.race([Promise.all(running), pause(longestWaitMs, new AbortController().signal)]);
    },
  };
}

function pause(ms: number, until: AbortSignal): Promise<void> {
  return setTimeout(ms, undefined, { signal: until, ref: false }).catch(() => undefined); // stopped: there is no more to wait for
}
