/** What went wrong with a call, in words for a shopper, with what is needed to decide and to quote. */
export type ProblemDetails = {
  readonly status: number;
  /** A code of the contract, section 3, or `gateway` when a gateway answered in its own shape. */
  readonly code: string;
  readonly detail: string;
  readonly correlationId: string;
  /** Dotted path to text, such as `address.postcode`. */
  readonly fieldErrors: Readonly<Record<string, string>>;
  readonly retryAfterMs?: number | undefined;
};

/** The server answered, and the answer is a refusal or a fault. */
export class ProblemError extends Error {
  readonly details: ProblemDetails;
  constructor(details: ProblemDetails) {
    super(details.detail);
    this.name = 'ProblemError';
    this.details = details;
  }
}

/** No answer came: offline, cut off, or over the time limit. What became of the call is unknown (A5). */
export class NetworkError extends Error {
  readonly correlationId: string;
  constructor(correlationId: string, cause: unknown) {
    super('The shop could not be reached.', { cause });
    this.name = 'NetworkError';
    this.correlationId = correlationId;
  }
}

const passing = [408, 425, 429];

/** Whether the same call may succeed later: no answer, 408, 425, 429 or any 5xx. Everything else is about this call. */
export const isPassing = (error: unknown): boolean =>
  error instanceof NetworkError ||
  (error instanceof ProblemError && (error.details.status >= 500 || passing.includes(error.details.status)));

/** How long the server asks to wait, when it said so. */
export const retryAfterOf = (error: unknown): number | undefined =>
  error instanceof ProblemError ? error.details.retryAfterMs : undefined;

/** The id to quote to staff. */
export const correlationIdOf = (error: unknown): string | undefined => {
  if (error instanceof ProblemError) return error.details.correlationId;
  return error instanceof NetworkError ? error.correlationId : undefined;
};

export const isNotFound = (error: unknown): boolean => error instanceof ProblemError && error.details.status === 404;
