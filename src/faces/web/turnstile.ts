/**
 * Lets callers through one per turn of the event loop, in the order they came: a burst of pages, each a few
 * milliseconds of work, never stands as a whole between a health check and its answer.
 */
export function turnstile(): () => Promise<void> {
  const waiting: (() => void)[] = [];
  const letOneIn = () => {
    waiting.shift()?.();
    if (waiting.length > 0) setImmediate(letOneIn);
  };
  return async () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 1) setImmediate(letOneIn);
    });
}
