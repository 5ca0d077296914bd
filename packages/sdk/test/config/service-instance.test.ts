import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryDirectory } from "@runlight/testing";
import { expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { describeProgram } from "../../src/config/program.ts";
import { currentJob, serviceInstanceId } from "../../src/config/service-instance.ts";
import { scopeVersion } from "../../src/scope.ts";

const job = { serviceName: "flights", host: "0123 node7", program: "/jobs/a/flights/main.js", user: "a" };

test("serviceInstanceId() is a UUID of version 5 that nothing of the job can be read from", () => {
  expect(serviceInstanceId(job)).toMatch(/^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(serviceInstanceId(job)).toBe("67f32609-5b5a-5a53-bf1b-8689cb50b2ca");
});

test("serviceInstanceId() is the same for the same job and another one for another service, host, program or user", () => {
  const others = [
    { serviceName: "other" },
    { host: "0123 node8" },
    { program: "/jobs/a/flights/other.js" },
    { user: "b" },
  ];
  const ids = [job, ...others.map((part) => ({ ...job, ...part }))].map(serviceInstanceId);
  expect(new Set(ids).size).toBe(5);
  expect(serviceInstanceId({ ...job })).toBe(ids[0]);
});

test("currentJob() is the same each time it is asked", () => {
  expect(currentJob("flights", "/main.js")).toEqual(currentJob("flights", "/main.js"));
  expect(currentJob("flights", "/main.js").user).not.toBe("");
});

test("describeProgram() takes the nearest package.json that has a name, through links", () => {
  using directory = temporaryDirectory();
  const root = directory.path;
  mkdirSync(join(root, "project/dist"), { recursive: true });
  writeFileSync(join(root, "package.json"), '{"name":"outer","version":"9.9.9"}');
  writeFileSync(join(root, "project/package.json"), '{"name":"@team/flights","version":"1.2.3"}');
  writeFileSync(join(root, "project/dist/package.json"), '{"type":"module"}');
  writeFileSync(join(root, "project/dist/main.js"), "");
  symlinkSync(join(root, "project/dist/main.js"), join(root, "start"));
  const program = { path: join(root, "project/dist/main.js"), name: "@team/flights", version: "1.2.3" };
  expect(describeProgram(join(root, "project/dist/main.js"), "/")).toEqual(program);
  expect(describeProgram("start", root)).toEqual(program);
  expect(describeProgram(undefined, root)).toEqual({ path: root, name: "outer", version: "9.9.9" });
});

test("describeProgram() does without a package.json that cannot be read", () => {
  using directory = temporaryDirectory();
  writeFileSync(join(directory.path, "package.json"), "{");
  expect(describeProgram("main.js", directory.path)).toMatchObject({ path: join(directory.path, "main.js") });
});

test("scopeVersion is that of this package", () => {
  expect(scopeVersion).toBe(manifest.version);
});
