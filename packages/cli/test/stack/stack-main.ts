import { stackCommand } from "../../src/stack/index.ts";

await stackCommand().parseAsync(process.argv.slice(2), { from: "user" });
