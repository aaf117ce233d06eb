import type { Stamp } from '@penstock/domain/stamps';
import { type stampAgeMaxMs, stampViolation } from '#core/stamp-range';
import { ProblemError } from '#http/problem-error';

export type PlacedStamp = { readonly stamp: Stamp; readonly pointer: string };

/** Refuses a body with a stamp out of range, naming each by its place and the server's time (C3). */
export const checkStamps = (stamps: readonly PlacedStamp[], where: keyof typeof stampAgeMaxMs, nowMs: number): void => {
  const violations = stamps.flatMap(({ stamp, pointer }) => stampViolation(stamp, where, nowMs, pointer) ?? []);
  if (violations.length === 0) return;
  throw new ProblemError('stamp-out-of-range', {
    detail: `${violations.map(({ message }) => message).join(' ')} The server's time is ${nowMs}.`,
    violations,
  });
};
