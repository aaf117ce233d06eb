import type { TableFault } from '@penstock/platform/table-fault';

/** Faults as a store answers them, for tests. */
export const throttled: TableFault = { outcome: 'fault', fault: 'throttled', error: namedError('ThrottlingException') };
export const unanswered: TableFault = { outcome: 'fault', fault: 'unanswered', error: namedError('TimeoutError') };
export const denied: TableFault = { outcome: 'fault', fault: 'world', error: namedError('AccessDeniedException') };
export const invalid: TableFault = { outcome: 'fault', fault: 'invalid', error: namedError('ValidationException') };
export const unheardOf: TableFault = { outcome: 'fault', fault: 'unknown', error: namedError('Strange') };

/** Answers each of these once, in order, before the call itself is made. */
export const before = <Arguments extends readonly unknown[], Answer>(
  answers: readonly Answer[],
  call: (...given: Arguments) => Promise<Answer>,
): ((...given: Arguments) => Promise<Answer>) => {
  const left = [...answers];
  return async (...given) => left.shift() ?? call(...given);
};

export function namedError(name: string): Error {
  return Object.assign(new Error('planted'), { name });
}
