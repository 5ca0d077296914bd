export { stackCommand } from "./stack-command.ts";
