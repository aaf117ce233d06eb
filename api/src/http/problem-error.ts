import { type ProblemCode, problemKind, type Violation, violationsOf } from '@penstock/domain/problems';
import type * as z from 'zod';

export type ProblemDetails = {
  /** What is wrong here, for people; the registry's remedy when left out. */
  readonly detail?: string;
  readonly violations?: readonly Violation[];
  /** The record as it is now, where that helps to decide. */
  readonly current?: unknown;
  readonly retryAfterSeconds?: number;
  readonly headers?: Readonly<Record<string, string>>;
};

/** An answer that is a problem (contract, section 3). Thrown anywhere in a call and translated once, by the API wrapper. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly details: ProblemDetails;
  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    super(details.detail ?? problemKind(code).remedy);
    this.name = 'ProblemError';
    this.code = code;
    this.details = details;
  }
}

/** A value that a schema has checked; else 422 with every fault (or 400 for parameters). */
export const parseOr = <S extends z.ZodType>(
  schema: S,
  value: unknown,
  code: 'validation-failed' | 'parameter-invalid',
): z.infer<S> => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const violations = violationsOf(parsed.error);
  throw new ProblemError(code, { detail: sentenceOf(violations), violations });
};

/** One field that is wrong, where no schema says so. */
export const fieldProblem = (
  pointer: string,
  message: string,
  remedy: string,
  code: 'validation-failed' | 'parameter-invalid' = 'validation-failed',
): ProblemError =>
  new ProblemError(code, {
    detail: `${pointer.slice(1).replaceAll('/', '.')}: ${message}`,
    violations: [{ pointer, code: 'invalid', message, remedy }],
  });

const sentenceOf = (violations: readonly Violation[]): string =>
  violations
    .slice(0, 3)
    .map(({ pointer, message }) => `${pointer.slice(1).replaceAll('/', '.') || 'The body'}: ${message}`)
    .join(' ');
