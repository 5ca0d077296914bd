import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as api from "@opentelemetry/api";
import { runNode, temporaryDirectory } from "@runlight/testing";
import { expect, test } from "vitest";

const addedIn110 = new Set(["logs", "SeverityNumber", "createNoopLogger", "default"]);

test("createLogger() and startConsoleBridge() print and go on where the API has no logs, as in 1.9", async () => {
  using directory = temporaryDirectory();
  const names = Object.keys(api).filter((name) => !addedIn110.has(name));
  const older = join(directory.path, "api.mjs");
  writeFileSync(
    older,
    `export { ${names.join(", ")} } from ${JSON.stringify(import.meta.resolve("@opentelemetry/api"))};`,
  );
  const hooks = join(directory.path, "hooks.mjs");
  writeFileSync(
    hooks,
    `import { registerHooks } from "node:module";
     registerHooks({ resolve: (specifier, context, next) => specifier === "@opentelemetry/api"
       ? { url: ${JSON.stringify(pathToFileURL(older).href)}, shortCircuit: true }
       : next(specifier, context) });`,
  );
  const logging = new URL("../dist/index.js", import.meta.url).href;
  const source = `
    import { createLogger, startConsoleBridge } from ${JSON.stringify(logging)};
    import * as api from "@opentelemetry/api";
    startConsoleBridge();
    console.log(api.logs);
    createLogger({ name: "a" }).info("logged");`;
  const result = await runNode(["--import", hooks, "--input-type=module", "--eval", source], {
    cwd: import.meta.dirname,
  });
  expect(result.stdout).toMatch(/^undefined\n\S+ INFO {2}a: logged\n$/);
  expect([result.stderr, result.exitCode]).toEqual(["", 0]);
});
