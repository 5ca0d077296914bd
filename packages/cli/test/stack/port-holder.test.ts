import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { startNode } from "@runlight/testing";
import { expect, test } from "vitest";
import { describePortHolder, findPortHolder } from "../../src/stack/port-holder.ts";

const listen = `require("node:net").createServer().listen(0, process.argv[1], function () { console.log("port " + this.address().port) })`;

test.each(["127.0.0.1", "0.0.0.0", "::"])("findPortHolder() names the process that listens on %s", async (host) => {
  await using holder = startNode(["-e", listen, host]);
  await holder.waitForOutput(/port \d+/);
  const found = await findPortHolder(Number(/port (\d+)/.exec(holder.stdout)?.[1]));
  expect(found?.pid).toBe(holder.pid);
  expect(describePortHolder(found!)).toContain(`process ${holder.pid} (`);
});

test("findPortHolder() gives nothing for a free port", async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)),
  );
  await new Promise((resolve) => server.close(resolve));
  expect(await findPortHolder(port)).toBeUndefined();
});
