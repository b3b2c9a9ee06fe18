/** The record of use: searching the audit log. */
export { watchModule } from "./module.tsx";
