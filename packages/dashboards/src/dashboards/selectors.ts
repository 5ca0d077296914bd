import { ATTR_RUNLIGHT_OPERATION_NAME, ATTR_WORKFLOW_DEFINITION_NAME } from "@runlight/conventions/names";
import { prometheusLabel } from "../prometheus-name.ts";

/** Label of the workflow's name, the same in Prometheus and Loki. */
export const workflow: string = prometheusLabel(ATTR_WORKFLOW_DEFINITION_NAME);

/** Label of the operation's name, the same in Prometheus and Loki. */
export const operation: string = prometheusLabel(ATTR_RUNLIGHT_OPERATION_NAME);

/** Matchers of what the variables choose, for metrics of a process. */
export const chosenProcesses = `service_name=~"$service",deployment_environment_name=~"$environment"`;

/** Matchers of what the variables choose, for metrics of a workflow. */
export const chosen: string = `${chosenProcesses},${workflow}=~"$workflow"`;

/** Log stream of what the variables choose. Loki wants one matcher that cannot be empty: a service has a name always. */
export const chosenLogs: string = `{${chosenProcesses}} | ${workflow}=~"$workflow"`;

/** Condition on spans of what the variables choose; not the environment, as TraceQL matches no attribute that is missing. */
export const chosenSpans: string = `resource.service.name =~ "$service" && span.${ATTR_WORKFLOW_DEFINITION_NAME} =~ "$workflow"`;

/** LogQL filter for records with one of these event names. */
export function withEvent(...names: readonly string[]): string {
  return `event_name=~"${names.join("|").replaceAll(".", "[.]")}"`;
}
