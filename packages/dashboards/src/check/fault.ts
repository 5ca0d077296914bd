/** What is wrong with a dashboard or a rule, and how to mend it. */
export interface Fault {
  /** The file, and the panel or rule in it. */
  readonly where: string;
  readonly problem: string;
  readonly mend: string;
}

/** One line for a person. */
export function describeFault({ where, problem, mend }: Fault): string {
  return `${where}: ${problem}; ${mend}`;
}
