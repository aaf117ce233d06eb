import * as z from 'zod';

/**
 * Every problem code (contract, section 3) with its status, title, meaning and remedy. The API answers from this
 * registry, and the API page (/developers/ of the shop) prints it.
 */
const registry = {
  'staff-name-missing': [
    400,
    'Staff name missing',
    'A staff write came without a name.',
    'Send the header X-Staff-Name.',
  ],
  'malformed-json': [400, 'Malformed JSON', 'The body is not JSON.', 'Send one JSON object.'],
  'idempotency-key-missing': [
    400,
    'Idempotency-Key missing',
    'An order came without a key.',
    'Send Idempotency-Key: 16 to 128 visible ASCII characters, the same on every retry.',
  ],
  'idempotency-key-invalid': [
    400,
    'Idempotency-Key invalid',
    'The key is too short, too long or has other characters.',
    'Use 16 to 128 visible ASCII characters.',
  ],
  'parameter-invalid': [
    400,
    'Parameter invalid',
    'A path or query parameter cannot be read.',
    'Correct the parameter that errors names.',
  ],
  'network-not-allowed': [
    403,
    'Network not allowed',
    'The call came from outside the staff networks.',
    'Call from a staff network.',
  ],
  'origin-not-allowed': [
    403,
    'Origin not allowed',
    'The page that made the call is not the back office.',
    'Use the back office, or a tool that sends no Origin.',
  ],
  'lever-not-allowed': [
    403,
    'Lever not allowed',
    'Capacity may not be moved in this environment.',
    'Use dev or the one-machine cloud.',
  ],
  'route-not-found': [404, 'Route not found', 'No call has this path.', 'See the API page for the paths.'],
  'product-not-found': [404, 'Product not found', 'No product has this id.', 'Take an id from GET /products.'],
  'order-not-found': [
    404,
    'Order not found',
    'No order is stored under this id and no receipt proves that one was accepted.',
    'Send the Order-Receipt, or check the id.',
  ],
  'record-not-found': [404, 'Record not found', 'No record has this id.', 'Reload the list.'],
  'method-not-allowed': [
    405,
    'Method not allowed',
    'The path exists, the method does not.',
    'Use a method that the header Allow names.',
  ],
  'version-conflict': [
    409,
    'Changed by someone else',
    'The record changed since you saw it.',
    'Look at current, then send the edit again with its version.',
  ],
  'illegal-transition': [
    409,
    'Move not possible',
    'The order as stored now has no such move.',
    'Look at current for the status and its moves.',
  ],
  'body-too-large': [413, 'Body too large', 'The body is over 64 KiB.', 'Send less.'],
  'headers-too-large': [
    431,
    'Address or headers too long',
    'Address and headers together are over 10,240 bytes.',
    'Send a shorter address, or fewer headers.',
  ],
  'media-type-unsupported': [
    415,
    'Media type unsupported',
    'The body is not declared as JSON in UTF-8, or comes packed.',
    'Send Content-Type: application/json, in UTF-8, without Content-Encoding.',
  ],
  'validation-failed': [
    422,
    'Please check the fields',
    'One or more fields are wrong.',
    'Correct the fields that errors names.',
  ],
  'stamp-out-of-range': [
    422,
    'Stamp out of range',
    'The stamp is more than 10 s ahead of the server or older than 14 days.',
    'Correct the clock by X-Server-Time and stamp the waiting edits again, in order.',
  ],
  'no-such-index': [
    422,
    'No index for this',
    'No index serves this sort or filter.',
    'Use one of those that detail names.',
  ],
  'backlog-too-deep': [
    429,
    'Very busy',
    'The queue is longer than we may promise.',
    'Send the same body and key again after Retry-After.',
  ],
  'rate-limited': [
    429,
    'Too many requests',
    'This address sends too many requests.',
    'Send the same again after Retry-After.',
  ],
  internal: [
    500,
    'Something went wrong',
    'A fault of ours; it is logged under the correlation id.',
    'Try again; quote the correlation id if it stays.',
  ],
  'queue-unavailable': [
    503,
    'Not confirmed',
    'The queue did not answer; nothing is known to be taken.',
    'Send the same body and key again after Retry-After.',
  ],
  'store-busy': [
    503,
    'Store busy',
    'The table is busy applying orders, or a part of the shop did not answer. Nothing that was accepted is lost.',
    'Send the same again after Retry-After.',
  ],
  'orders-paused': [
    503,
    'Orders paused',
    'The shop takes no orders at the moment.',
    'Send the same body and key again after Retry-After.',
  ],
  'admin-read-only': [503, 'Read only', 'The back office is read-only at the moment.', 'Try again after Retry-After.'],
} as const satisfies Record<string, readonly [number, string, string, string]>;

export type ProblemCode = keyof typeof registry;
export const problemCodes = Object.keys(registry) as readonly ProblemCode[];

export type ProblemKind = {
  readonly status: number;
  readonly title: string;
  readonly meaning: string;
  readonly remedy: string;
};

/** Status, title, meaning and remedy of a code. */
export const problemKind = (code: ProblemCode): ProblemKind => {
  const [status, title, meaning, remedy] = registry[code];
  return { status, title, meaning, remedy };
};

export const violationSchema = z.object({
  pointer: z.string().describe('JSON pointer into the body, or the parameter as /name.'),
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
});

/** application/problem+json (RFC 9457), with `message` and `errors` as react-admin reads them. */
export const problemSchema = z
  .object({
    type: z.string(),
    code: z.enum(problemCodes as [ProblemCode, ...ProblemCode[]]),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    message: z.string(),
    instance: z.string(),
    correlationId: z.string(),
    retryAfterSeconds: z.int().optional(),
    // plain-keys: paths of fields, read as pairs; a form looks one up with own().
    errors: z.record(z.string(), z.string()).optional(),
    violations: z.array(violationSchema).optional(),
    current: z.unknown().optional(),
  })
  .meta({ id: 'Problem' });

export type Violation = z.infer<typeof violationSchema>;
export type Problem = z.infer<typeof problemSchema>;

/** The violations of a failed parse, each with pointer, fault and remedy. */
export const violationsOf = (error: z.ZodError): readonly Violation[] =>
  error.issues.flatMap(plainIssues).flatMap((issue) => {
    const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return paths.map((path) => ({
      pointer: `/${path.join('/')}`,
      code: issue.code ?? 'invalid',
      message: issue.code === 'unrecognized_keys' ? 'This field is not known.' : issue.message,
      remedy:
        issue.code === 'unrecognized_keys'
          ? 'Leave it out.'
          : (remedyIn(issue) ?? `Correct ${path.join('.') || 'the body'}.`),
    }));
  });

type Issue = z.core.$ZodIssue;

/**
 * Of a value that may have several shapes, the faults of the shape that it is nearest to, the one with the fewest strange
 * or missing fields: "Invalid input" mends nothing.
 */
const plainIssues = (issue: Issue): readonly Issue[] => {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const [nearest = []] = [...issue.errors].sort((left, right) => distanceOf(left) - distanceOf(right));
  return nearest.flatMap((inner) => plainIssues({ ...inner, path: [...issue.path, ...inner.path] }));
};

const distanceOf = (issues: readonly z.core.$ZodIssue[]): number =>
  issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? 2 * issue.keys.length : 1), 0);

/** Our own checks say the remedy beside the fault. */
const remedyIn = (issue: Issue): string | undefined =>
  issue.code === 'custom' && typeof issue.params?.remedy === 'string' ? issue.params.remedy : undefined;

/** The same as react-admin's field errors: dotted path to text. The first fault of a field wins. */
export const fieldErrorsOf = (violations: readonly Violation[]): Readonly<Record<string, string>> => {
  const errors = new Map<string, string>();
  for (const violation of violations) {
    const field = violation.pointer.slice(1).replaceAll('/', '.') || 'root';
    if (!errors.has(field)) errors.set(field, violation.message);
  }
  return Object.fromEntries(errors);
};
