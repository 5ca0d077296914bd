import { expect, test } from "vitest";
import { lines, refused, resolved } from "./resolved.ts";

const at = Date.UTC(2026, 10, 22, 18, 0, 0);

test("resolveSettings() takes the end of the job as a date, as a number, from the file, from variables, from Slurm", async () => {
  const endOf = async (sources: Parameters<typeof resolved>[0]): Promise<number | undefined> =>
    (await resolved(sources)).jobEndTimeMs;
  const slurm = { SLURM_JOB_END_TIME: String(at / 1000) };
  expect(await endOf({})).toBeUndefined();
  expect(await endOf({ options: { jobEndTime: new Date(at) } })).toBe(at);
  expect(await endOf({ options: { jobEndTime: at } })).toBe(at);
  expect(await endOf({ environment: { RUNLIGHT_JOB_END_TIME: "2026-11-22T19:00:00+01:00" } })).toBe(at);
  expect(await endOf({ environment: slurm })).toBe(at);
  expect(await endOf({ environment: { ...slurm, RUNLIGHT_JOB_END_TIME: String(at + 1) } })).toBe(at + 1);
  expect(await endOf({ environment: { SLURM_JOB_END_TIME: "Unknown" } })).toBeUndefined();
});

test("resolveSettings() refuses what is no time, no signal, no function, in one error", async () => {
  const { faults } = await refused({
    options: { jobEndTime: at / 1000, checkpoint: "save.sh", checkpointSignal: "SIGKILL", wallTimeNoticeMs: 999 },
  });
  expect(lines(faults)).toEqual([
    `options jobEndTime: a time (RFC 3339, or Unix time in milliseconds) = ${at / 1000}`,
    "options wallTimeNoticeMs: an integer from 1000 to 86400000 = 999",
    'options checkpointSignal: one of SIGUSR2, SIGUSR1, SIGHUP, SIGXCPU, SIGALRM, SIGURG = "SIGKILL"',
    'options checkpoint: a function = "save.sh"',
  ]);
});

test("resolveSettings() has defaults for the notice, the signal and the checkpoint's bound", async () => {
  expect(await resolved({})).toMatchObject({
    wallTimeNoticeMs: 60_000,
    checkpointSignal: "SIGUSR2",
    checkpointTimeoutMs: 25_000,
    parts: {},
  });
});
