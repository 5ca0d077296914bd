import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "../workspace/root.ts";

/** A small checkout of its own: this repository's `.ci`, one package, and tools that install without a registry. */
export interface Checkout extends Disposable {
  readonly directory: string;
  /** Its `.ci/ready.mjs`. */
  readonly ready: string;
  /** Writes a file of the checkout. */
  write(path: string, text: string): void;
}

/** Makes a checkout whose pinned `node` is the running one and whose `tsc` notes that it ran and writes what `tsc -b` would. */
export function createCheckout(): Checkout {
  const directory = mkdtempSync(join(tmpdir(), "runlight-checkout-"));
  const write = (path: string, text: string): void => {
    mkdirSync(join(directory, dirname(path)), { recursive: true });
    writeFileSync(join(directory, path), text, { mode: 0o755 });
  };
  cpSync(`${root}.ci`, join(directory, ".ci"), { recursive: true });
  mkdirSync(join(directory, "examples"));
  write("package.json", JSON.stringify({ name: "checkout", private: true, devDependencies: { tools: "file:tools" } }));
  write("tsconfig.json", "{}");
  write("packages/one/package.json", JSON.stringify({ name: "one" }));
  write("packages/one/tsconfig.json", "{}");
  write("packages/one/src/index.ts", "");
  write("tools/package.json", JSON.stringify({ name: "tools", version: "1.0.0", bin: { node: "node", tsc: "tsc" } }));
  write(
    "tools/tsc",
    '#!/bin/sh\n[ ! -e broken ] || { echo "a fault"; exit 2; }\nmkdir -p packages/one/dist\necho built >>packages/one/dist/.tsbuildinfo\n',
  );
  // No link: npm gives what a link leads to the mode that the umask of this process leaves, and so takes it from other users.
  write("tools/node", `#!/bin/sh\nexec "${process.execPath}" "$@"\n`);
  write("package-lock.json", JSON.stringify(lockfile));
  return {
    directory,
    ready: join(directory, ".ci/ready.mjs"),
    write,
    [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }),
  };
}

const lockfile = {
  name: "checkout",
  lockfileVersion: 3,
  requires: true,
  packages: {
    "": { name: "checkout", devDependencies: { tools: "file:tools" } },
    "node_modules/tools": { resolved: "tools", link: true },
    tools: { version: "1.0.0", dev: true, bin: { node: "node", tsc: "tsc" } },
  },
};
