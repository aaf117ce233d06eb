/** The command ends with this code (contract, section 1): 3 not running, 4 data folder in use, 5 port taken, 6 tool missing. */
export class CommandEnded extends Error {
  readonly code = 'command-ended';
  readonly exitCode: number;
  constructor(exitCode: number, message: string) {
    super(message);
    this.name = 'CommandEnded';
    this.exitCode = exitCode;
  }
}
