export { findCommand, runCommand, unknownVerb, type CommandInput } from "./run-command.ts";
export { listenForCommands, sendCommand } from "./socket.ts";
export { LineTerminal, Printer, tableLines, type Line } from "./terminal.ts";
