import type { ProblemCode } from '@penstock/domain/problems';
import type * as z from 'zod';

/** Headers of an answer that the document describes once, under components. */
export type AnswerHeader =
  | 'Content-Range'
  | 'Location'
  | 'Retry-After'
  | 'X-Total-Capped'
  | 'X-Total-Count'
  | 'X-Server-Time'
  | 'X-Correlation-Id';

export type AnswerDoc = {
  readonly description: string;
  readonly schema?: z.ZodType;
  readonly headers?: readonly AnswerHeader[];
};

export type Rule = { readonly at: string; readonly rule: string };

/** What the document says of one call: enough for a person to make it, and for a test to check every answer against. */
export type CallDoc = {
  readonly summary: string;
  readonly description?: string;
  readonly tag: string;
  readonly path?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  /** Where it holds prices, of the currency of the deployment. */
  readonly body?: z.ZodType | ((currency: string) => z.ZodType);
  /**
   * What no schema can say: rules over several fields, and over what is stored. A body that the schemas take is refused
   * for these alone, each at its place in the body or the call (`*` is any index).
   */
  readonly rules?: readonly Rule[];
  /** Answers by status. */
  readonly answers: Readonly<Record<number, AnswerDoc>>;
  /** Problems that this call can answer, besides those of every call of its API. */
  readonly problems: readonly ProblemCode[];
};

/** Calls by route as the topology names it: `GET /api/products/{id}`. */
export type CallDocs = Readonly<Record<string, CallDoc>>;
