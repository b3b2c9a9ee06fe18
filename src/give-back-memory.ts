const lookEveryMs = 10_000;
const busyShare = 0.1;
const quietShare = 0.03;

/**
 * Gives memory back once the hub falls quiet after work: V8 keeps the room that its young objects took at the busiest
 * moment (134 MB, measured). One pause of about 50 ms, when nobody is there to wait. Does nothing where the collector is
 * not exposed (`--expose-gc`, as the start script does).
 */
export function giveBackMemory(): { stop(): void } {
  const collect = globalThis.gc;
  let busy = true; // the sample may just have been made
  let before = process.cpuUsage();
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(before);
    before = process.cpuUsage();
    const share = (user + system) / 1000 / lookEveryMs;
    if (share > busyShare) busy = true;
    else if (busy && share < quietShare) {
      busy = false;
      collect?.({ type: "major", flavor: "last-resort", execution: "sync" });
    }
  }, lookEveryMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
