/** One JSON line an event on standard error. Fields never hold personal data: ids, counts, codes and durations only. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

const ranks = { info: 1, warn: 2, error: 3, silent: 4 } as const;
export type LogLevel = keyof typeof ranks;

export function createLog(level: LogLevel, write: (line: string) => void = (line) => process.stderr.write(line)): Log {
  const emit = (rank: Exclude<LogLevel, "silent">) => (event: string, fields?: LogFields) => {
    if (ranks[rank] >= ranks[level])
      write(`${JSON.stringify({ at: new Date().toISOString(), level: rank, event, ...fields })}\n`);
  };
  return { info: emit("info"), warn: emit("warn"), error: emit("error") };
}
