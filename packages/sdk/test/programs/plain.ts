// A program that does not know of telemetry's start: `--import @runlight/sdk/register` is to switch it on.
import { logs } from "@opentelemetry/api";
import { stage, workflow } from "@runlight/sdk";

logs.getLogger("test").emit({ body: "a line" });
workflow("job", () => stage("load", () => {}));
