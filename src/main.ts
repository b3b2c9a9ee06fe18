import { GuildhallError } from "./kernel/errors.ts";
import { runCli } from "./run-cli.ts";

// A reader that has seen enough (`| head`) closes the pipe; that ends the printing and is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

process.exitCode = await runCli(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof GuildhallError)) throw error;
  process.stderr.write(`${error.message}\n${error.remedy}\n`);
  return 1;
});
