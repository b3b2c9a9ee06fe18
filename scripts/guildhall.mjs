#!/usr/bin/env node
// The `guildhall` command: runs the built hub on the pinned Node, in the folder the person is in.
import { runTask } from "./run.mjs";
process.exitCode = await runTask("guildhall", process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
