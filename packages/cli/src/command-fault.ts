/** A question that cannot be answered: told to the user in one line, never with a stack. */
export class CommandFault extends Error {
  /** 1: the answer is negative; 2: the question is wrong. */
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2) {
    super(message);
    this.name = "CommandFault";
    this.exitCode = exitCode;
  }
}
