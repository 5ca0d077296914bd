import { matchesGlob } from "./key-glob.ts";

/** Words that make a key secret wherever they stand in it: `db.password`, `X-Auth-Token`, `clientSecret`. */
const secretWords: ReadonlySet<string> = new Set([
  "apikey",
  "authorization",
  "cookie",
  "cookies",
  "credential",
  "credentials",
  "jwt",
  "passphrase",
  "passwd",
  "password",
  "passwords",
  "privatekey",
  "pwd",
  "secret",
  "secrets",
  "sessionid",
  "token",
  "tokens",
]);

/** Pairs of words that do the same, in this order. "session" alone is a beam time or a scan in science, so it is no secret. */
const secretPairs: ReadonlySet<string> = new Set([
  "access key",
  "api key",
  "auth key",
  "encryption key",
  "master key",
  "private key",
  "session id",
  "session key",
  "signing key",
]);

/** Endings of words that people write together: `dbpassword`, `githubtoken`. */
const secretEndings: readonly string[] = ["apikey", "credentials", "passwd", "password", "secret", "token"];

/** Longest part of a key that is looked at. */
const maxKeyLength = 256;

/** Answers kept: keys repeat, but a program may also make them up. */
const maxKnownKeys = 4096;

/**
 * A test for keys whose values are secrets: the built-in words, and `globs` besides.
 * Cost: one map lookup for a key seen before.
 */
export function createSecretKeyTest(globs: readonly string[]): (key: string) => boolean {
  const known = new Map<string, boolean>();
  return (key) => {
    let answer = known.get(key);
    if (answer === undefined) {
      const examined = key.slice(0, maxKeyLength);
      answer = looksSecret(examined) || globs.some((glob) => matchesGlob(glob, examined));
      if (known.size < maxKnownKeys && key.length <= maxKeyLength) known.set(key, answer);
    }
    return answer;
  };
}

function looksSecret(key: string): boolean {
  const words = key
    .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z\d]+/);
  return words.some(
    (word, index) =>
      secretWords.has(word) ||
      secretPairs.has(`${word} ${words[index + 1] ?? ""}`) ||
      secretEndings.some((ending) => word.endsWith(ending)),
  );
}
