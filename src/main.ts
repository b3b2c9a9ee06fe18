import { GuildhallError } from "./kernel/errors.ts";
import { runCli } from "./run-cli.ts";

process.exitCode = await runCli(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof GuildhallError)) throw error;
  process.stderr.write(`${error.message}\n${error.remedy}\n`);
  return 1;
});
