// Ends with code 7 as soon as its work is done, and again within it; prints each span the SDK was given as a line of JSON.
import { writeSync } from "node:fs";
import { stage, workflow } from "@runlight/core";
import { toPlain } from "../guarantees/observe.ts";
import { registerSdk } from "./register-sdk.ts";
import type { Environment } from "./register-sdk.ts";

await registerSdk(process.argv[2] as Environment, (span) => void writeSync(1, `${JSON.stringify(toPlain(span))}\n`));
const answer = await workflow("w", () => stage("s", async () => 42));
process.exit(answer === 42 ? 7 : 1);
