import { host } from "../host-names.ts";
import { dashboardIds } from "./dashboard-ids.ts";
import { buildDashboard } from "./dashboard.ts";
import type { ClassicDashboard } from "./dashboard.ts";
import type { PanelRow, UnplacedPanel } from "./layout.ts";
import { linesPanel } from "./panels.ts";
import type { PanelText } from "./panels.ts";
import { chosenProcesses } from "./selectors.ts";
import { promql } from "./targets.ts";

const process = "service_name, service_instance_id";

/** What processes cost their host: memory, CPU, event loop, heap, garbage collection. */
export function buildHostDashboard(): ClassicDashboard {
  return buildDashboard({
    uid: dashboardIds.host,
    title: "Runlight: runtime and host",
    description:
      "Memory, CPU, event loop, heap and garbage collection of the processes, CPU, memory and disks of their hosts.",
    rows: [
      row(
        lines(
          { id: 1, title: "Memory of processes", description: "Resident memory.", unit: "bytes" },
          `max by (${process}) (${host.memory}{${chosenProcesses}})`,
        ),
        lines(
          {
            id: 2,
            title: "CPU of processes",
            description: "Part of all processors, user and system.",
            unit: "percentunit",
          },
          `sum by (${process}) (${host.cpu}{${chosenProcesses}})`,
        ),
      ),
      row(
        lines(
          { id: 3, title: "Event loop delay, 99th percentile", description: "How late a timer fires.", unit: "s" },
          `max by (${process}) (${host.delay}{${chosenProcesses}})`,
        ),
        lines(
          {
            id: 4,
            title: "Event loop utilization",
            description: "Part of the time in which the loop was not idle.",
            unit: "percentunit",
          },
          `max by (${process}) (${host.eventLoop}{${chosenProcesses}})`,
        ),
      ),
      row(
        lines(
          { id: 5, title: "Heap used", description: "Memory of objects, all spaces together.", unit: "bytes" },
          `sum by (${process}) (${host.heap}{${chosenProcesses}})`,
        ),
        lines(
          {
            id: 6,
            title: "Time in garbage collection",
            description: "Part of the time, over the five minutes before each point.",
            unit: "percentunit",
          },
          `sum by (${process}) (rate(${host.collections}{${chosenProcesses}}[5m]))`,
        ),
        lines(
          { id: 7, title: "Active resources", description: "Timers, sockets, files: what keeps the process alive." },
          `sum by (${process}) (${host.resources}{${chosenProcesses}})`,
        ),
      ),
      row(
        lines(
          {
            id: 8,
            title: "CPU of hosts by state",
            description: "Mean over the host's processors, idle time left out.",
            unit: "percentunit",
          },
          `avg by (service_name, system_cpu_state) (${host.systemCpu}{${chosenProcesses},system_cpu_state!="idle"})`,
          "{{service_name}} {{system_cpu_state}}",
        ),
        lines(
          { id: 9, title: "Memory of hosts by state", description: "Part of the host's memory.", unit: "percentunit" },
          `max by (service_name, system_memory_state) (${host.systemMemory}{${chosenProcesses}})`,
          "{{service_name}} {{system_memory_state}}",
        ),
        lines(
          {
            id: 10,
            title: "Disks",
            description: "Part of each disk of the Collector's machine that is used.",
            unit: "percentunit",
          },
          `max by (device) (${host.disk})`,
          "{{device}}",
        ),
      ),
    ],
  });
}

function row(...panels: readonly UnplacedPanel[]): PanelRow {
  return { height: 8, panels };
}

function lines(
  text: PanelText,
  expression: string,
  legend = "{{service_name}} {{service_instance_id}}",
): UnplacedPanel {
  return linesPanel(text, promql(expression, legend));
}
