import { createLogger, type RunlightLogger } from "@runlight/sdk";

/** What the program says to people: on the console, and as log records of the run. */
export const log: RunlightLogger = createLogger({ name: "flights" });
