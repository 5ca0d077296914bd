import { expect, test } from "vitest";
import { parse } from "yaml";
import { renderDrillReceivers } from "../src/drill/drill-receivers.ts";
import { hastenExpression, hastenRules } from "../src/drill/fast-rules.ts";
import { renderBandRules, renderRules } from "../src/rules/rule-files.ts";

const rooms = { memory: { usedShare: 0.2, roomShare: 0.1 }, disk: { usedShare: 0.5, roomShare: 0.01 } };

test("hastenExpression() makes a second of a minute in windows, offsets, steps and limits of time", () => {
  expect(hastenExpression("increase(a[1d] offset 30m) > 5 * increase(a[7d])")).toBe(
    "increase(a[1440s] offset 30s) > 5 * increase(a[10080s])",
  );
  expect(hastenExpression("min_over_time(timestamp(a)[1d:1m])")).toBe("min_over_time(timestamp(a)[1440s:1s])");
  expect(hastenExpression("time() - max by (b) (last_over_time(a[1h])) > 1800\nand c > 1800")).toBe(
    "time() - max by (b) (last_over_time(a[60s])) > 30\nand c > 1800",
  );
  expect(hastenExpression("predict_linear(a[1h], 14400) > 2 * a")).toBe("predict_linear(a[60s], 240) > 2 * a");
  expect(hastenExpression("a offset 6d22h30m")).toBe("a offset 9990s");
});

test("hastenExpression() leaves twenty seconds in a window, as it takes seconds to arrive", () => {
  expect(hastenExpression("increase(a[5m]) or a unless a offset 5m")).toBe("increase(a[20s]) or a unless a offset 20s");
  expect(hastenExpression("time() - a > 180")).toBe("time() - a > 20");
});

test("hastenRules() shortens waits and lowers what would have to be filled to what a drill may fill", () => {
  const text = hastenRules(
    [
      "groups:",
      "  - name: g",
      "    interval: 30s",
      "    rules:",
      '      - { alert: A, expr: "system_memory_utilization_ratio{system_memory_state=\\"used\\"} > 0.9", for: 5m }',
      '      - { alert: B, expr: "max by (device) (system_filesystem_utilization_ratio) > 0.85", keep_firing_for: 1h }',
      '      - { record: r, expr: "a[1m]" }',
    ].join("\n"),
    rooms,
  );
  expect(parse(text)).toEqual({
    groups: [
      {
        name: "g",
        interval: "1s",
        rules: [
          { alert: "A", expr: 'system_memory_utilization_ratio{system_memory_state="used"} > 0.290000', for: "5s" },
          {
            alert: "B",
            expr: "max by (device) (system_filesystem_utilization_ratio) > 0.508500",
            keep_firing_for: "60s",
          },
          { record: "r", expr: "a[20s]" },
        ],
      },
    ],
  });
});

test.each([
  ["rules", renderRules()],
  ["bands", renderBandRules()],
])("hastenRules() leaves no minute in the shipped %s", (_file, text) => {
  const expressions = (parse(hastenRules(text, rooms)) as { groups: { rules: { expr: string }[] }[] }).groups.flatMap(
    (group) => group.rules.map(({ expr }) => expr),
  );
  expect(expressions.length).toBeGreaterThan(0);
  for (const expression of expressions) {
    expect(expression).not.toMatch(/\d[mhdw]\b/u);
    expect(expression).not.toMatch(/time\(\).*[<>]=? (?:[2-9]\d{2}|\d{4,})$/mu);
  }
});

test("renderDrillReceivers() keeps routes, inhibitions and quiet hours, and lets all lead to the drill at once", () => {
  const shipped = [
    "global: { smtp_require_tls: true }",
    "route:",
    "  receiver: nobody",
    "  routes:",
    "    - { matchers: [severity = info], group_wait: 5m, repeat_interval: 24h, mute_time_intervals: [quiet hours] }",
    "    - { matchers: [alertname = RunlightWatchdog], receiver: nobody, repeat_interval: 1m }",
    "time_intervals: [{ name: quiet hours, time_intervals: [{ weekdays: [sunday] }] }]",
    "receivers: [{ name: nobody }]",
    "inhibit_rules: [{ source_matchers: [severity = critical], target_matchers: [severity = warning] }]",
  ].join("\n");
  const render = (quiet: boolean): Record<string, unknown> =>
    parse(
      renderDrillReceivers(shipped, {
        smtpPort: 25,
        webhookUrl: "http://127.0.0.1:1/",
        broken: { service: "unheard", smtpPort: 26, webhookUrl: "http://127.0.0.1:2/" },
        quiet,
      }),
    ) as Record<string, unknown>;
  const fast = { group_wait: "0s", group_interval: "1s" };
  expect(render(false)["route"]).toEqual({
    receiver: "drill",
    ...fast,
    routes: [
      { receiver: "broken", matchers: ["service_name = unheard"], ...fast },
      {
        matchers: ["severity = info"],
        ...fast,
        repeat_interval: "24h",
        mute_time_intervals: ["quiet hours"],
      },
      { matchers: ["alertname = RunlightWatchdog"], receiver: "drill", ...fast, repeat_interval: "1s" },
    ],
  });
  expect(render(false)["inhibit_rules"]).toEqual((parse(shipped) as Record<string, unknown>)["inhibit_rules"]);
  expect(render(false)["time_intervals"]).toEqual([{ name: "quiet hours", time_intervals: [{ years: ["1970"] }] }]);
  expect(render(true)["time_intervals"]).toEqual([
    { name: "quiet hours", time_intervals: [{ times: [{ start_time: "00:00", end_time: "24:00" }] }] },
  ]);
});
