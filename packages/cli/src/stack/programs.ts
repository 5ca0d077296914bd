/** Name of a program of the stack, as it is written on the command line. */
export type ProgramName = "prometheus" | "collector" | "alertmanager" | "tempo" | "loki";

/** One executable of a program and the Go package that is its `main`. */
export interface BuildTarget {
  readonly binary: string;
  readonly goPackage: string;
}

/** How a program is built and recognised; the pins themselves are in the `go.mod` of its folder. */
export interface Program {
  readonly name: ProgramName;
  /** What it is called in messages. */
  readonly title: string;
  /** The version that its `go.mod` pins, as the program itself prints it. */
  readonly version: string;
  /** Folder of its Go module, relative to the root of the stack's files. */
  readonly moduleDirectory: string;
  readonly targets: readonly BuildTarget[];
  /** Names under which it may be found on `PATH`, best first. */
  readonly namesOnPath: readonly string[];
  readonly buildTags: readonly string[];
  /** Linker variables that carry the version into the executable. */
  readonly linkerVariables: Readonly<Record<string, string>>;
  /** Seconds of a cold build on two cores, downloads included; measured on 22 November 2026. */
  readonly coldBuildSeconds: number;
}

/** The programs in the order in which they are built: those that most tests need come first. */
export const programs: readonly Program[] = [
  {
    name: "prometheus",
    title: "Prometheus",
    version: "3.14.0",
    moduleDirectory: "grafana/prometheus",
    targets: [
      { binary: "prometheus", goPackage: "github.com/prometheus/prometheus/cmd/prometheus" },
      { binary: "promtool", goPackage: "github.com/prometheus/prometheus/cmd/promtool" },
    ],
    namesOnPath: ["prometheus"],
    buildTags: ["netgo", "remove_all_sd"],
    linkerVariables: { "github.com/prometheus/common/version.Version": "3.14.0" },
    coldBuildSeconds: 243,
  },
  {
    name: "collector",
    title: "OpenTelemetry Collector",
    version: "0.161.0",
    moduleDirectory: "collector",
    targets: [{ binary: "otelcol", goPackage: "." }],
    namesOnPath: ["otelcol-contrib", "otelcol"],
    buildTags: ["grpcnotrace", "remove_all_sd"],
    linkerVariables: {},
    coldBuildSeconds: 486,
  },
  {
    name: "alertmanager",
    title: "Alertmanager",
    version: "0.31.1",
    moduleDirectory: "grafana/alertmanager",
    targets: [
      { binary: "alertmanager", goPackage: "github.com/prometheus/alertmanager/cmd/alertmanager" },
      { binary: "amtool", goPackage: "github.com/prometheus/alertmanager/cmd/amtool" },
    ],
    namesOnPath: ["alertmanager"],
    buildTags: ["netgo"],
    linkerVariables: { "github.com/prometheus/common/version.Version": "0.31.1" },
    coldBuildSeconds: 86,
  },
  {
    name: "tempo",
    title: "Tempo",
    version: "2.9.0-rc.0",
    moduleDirectory: "grafana/tempo",
    targets: [{ binary: "tempo", goPackage: "github.com/grafana/tempo/cmd/tempo" }],
    namesOnPath: ["tempo"],
    buildTags: [],
    linkerVariables: { "main.Version": "2.9.0-rc.0" },
    coldBuildSeconds: 352,
  },
  {
    name: "loki",
    title: "Loki",
    version: "3.7.8",
    moduleDirectory: "grafana/loki",
    targets: [{ binary: "loki", goPackage: "github.com/grafana/loki/v3/cmd/loki" }],
    namesOnPath: ["loki"],
    buildTags: ["netgo"],
    linkerVariables: { "github.com/grafana/loki/v3/pkg/util/build.Version": "3.7.8" },
    coldBuildSeconds: 502,
  },
];
