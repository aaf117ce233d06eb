/** A table was still throttled when the caller's patience ended. Transient: nothing was written. */
export class CallThrottled extends Error {
  readonly code = 'call-throttled';
  constructor(what: string, cause: unknown) {
    super(`${what}: the table is busy. Try again in a moment.`, { cause });
    this.name = 'CallThrottled';
  }
}
