import { expect, test } from "vitest";
import { maxTextLength, redactText } from "../../src/redaction/secret-texts.ts";

// Put together at run time: a scanner of this repository must not take the examples for leaked keys.
const jwt = ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxMjM0NTY3ODkwIn0", "dozjgNryP4J3jVmNHl0w5N"].join(".");
const awsKey = `AKIA${"IOSFODNN7EXAMPLE"}`;
const pem = (body: string): string =>
  `-----BEGIN RSA ${"PRIVATE KEY"}-----\n${body}\n-----END RSA ${"PRIVATE KEY"}-----`;

test.each([
  ["Authorization: Bearer abcdef0123456789", "Authorization: [redacted]"],
  ["got 401 with Bearer abcdef0123456789.", "got 401 with Bearer [redacted]"],
  ['{"authorization":"Basic dXNlcjpwYXNz","a":1}', '{"authorization":"[redacted]","a":1}'],
  ["Cookie: sid=1; theme=dark\nHost: a", "Cookie: [redacted]\nHost: a"],
  ["postgres://ana:hunter2@db:5432/x", "postgres://ana:[redacted]@db:5432/x"],
  ["redis://:hunter2@cache", "redis://:[redacted]@cache"],
  [`token is ${jwt} here`, "token is [redacted] here"],
  [`token=${jwt}`, "token=[redacted]"],
  [`key ${awsKey}`, "key [redacted]"],
  ["password=hunter2", "password=[redacted]"],
  ["pwd=abc", "pwd=[redacted]"],
  ["PGPASSWORD=hunter2 psql", "PGPASSWORD=[redacted] psql"],
  ["--db-password: hunter2, --user ana", "--db-password: [redacted], --user ana"],
  ['{"password": "two words", "user": "ana"}', '{"password": "[redacted]", "user": "ana"}'],
  ["{'api_key': 'two words'}", "{'api_key': '[redacted]'}"],
  ["https://a/b?access_token=abc&x=1", "https://a/b?access_token=[redacted]&x=1"],
  ["https://a/b?X-Amz-Signature=abc&x=1", "https://a/b?X-Amz-Signature=[redacted]&x=1"],
  ["aws_secret_access_key = wJalrXUtnFEMI", "aws_secret_access_key = [redacted]"],
  [`${"ghp"}_${"a1".repeat(18)} failed`, "[redacted] failed"],
  [`before ${pem("MIIE")} after`, "before [redacted] after"],
  [`${pem("one")} and ${pem("two")}`, "[redacted] and [redacted]"],
  [`cut ${pem("MIIE").slice(0, 40)}`, "cut [redacted]"],
])("redactText() takes the secret out of %j", (text, expected) => {
  expect(redactText(text)).toBe(expected);
});

test.each([
  "",
  "GET",
  "read 3000000 rows of flights-3m.parquet",
  "http://127.0.0.1:4318/v1/traces",
  "https://a/b?code=404",
  "the basic idea",
  "a tokenizer with 512 tokens",
  "sub-01_ses-02_task-rest",
  "Error: ENOENT: no such file or directory, open '/data/secrets.txt'",
])("redactText() leaves %j as it is", (text) => {
  expect(redactText(text)).toBe(text);
});

test("redactText() is stable: what was redacted stays as it is", () => {
  for (const text of [
    "password=hunter2",
    `token=${jwt}`,
    '{"password": "two words"}',
    "Cookie: a=b",
    "redis://:x@cache",
  ]) {
    const once = redactText(text);
    expect(redactText(once)).toBe(once);
  }
});

test("redactText() examines the longest text whole and cuts the one that is longer", () => {
  const longest = "x".repeat(maxTextLength - 13) + " password=abc";
  expect(redactText(longest)).toBe(`${"x".repeat(maxTextLength - 13)} password=[redacted]`);
  expect(redactText(`${"x".repeat(maxTextLength)}password=abc`)).toBe(
    `${"x".repeat(maxTextLength)} [cut: 12 more characters]`,
  );
});

test.each([
  "eyJ-",
  "eyJa",
  "://a:",
  "password",
  "pwd:",
  "-----BEGIN PRIVATE KEY-----",
  "Bearer ",
  "sk-",
  "cookie",
  "a ",
  '"token":"\\',
])("redactText() ends soon on %j repeated up to the longest text", (part) => {
  const text = `Bearer ${part.repeat(Math.floor(maxTextLength / part.length) - 2)}`;
  // CPU time: that of the clock is the other programs' as well.
  const before = process.cpuUsage();
  redactText(text);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(3000);
});
