import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { UploadForm } from '#objects/multipart-form';
import { accessDenied, type S3Refusal } from '#objects/s3-refusal';

/** An upload that its policy allows. */
export type AllowedUpload = {
  readonly ok: true;
  /** The access key that signed the policy: S3 acts with its rights. */
  readonly caller: string;
  readonly key: string;
  readonly contentType: string;
  readonly body: Buffer;
  /** 200, 201 or 204. */
  readonly successStatus: number;
};

export type PolicyDeps = {
  readonly bucket: string;
  readonly nowMs: number;
  /** The secret of a signing key. */
  readonly secretOf: (accessKeyId: string) => string;
};

/**
 * Checks an upload form (POST Object, signature version 4) as S3 does: signature, expiry, every condition, no field
 * beyond them, size. Stricter than S3 in one point: S3 ignores what follows the file, here it is refused, so that a
 * client which sends a field too late sees it. Deliberately missing: success_action_redirect, which no page of ours uses.
 */
export const checkPostPolicy = (
  form: UploadForm,
  deps: PolicyDeps,
): AllowedUpload | { readonly ok: false; readonly refusal: S3Refusal } => {
  const refuse = (refusal: S3Refusal) => ({ ok: false as const, refusal });
  const { fields, file } = form;
  if (file === undefined || form.partsAfterFile > 0)
    return refuse(
      badRequest('InvalidArgument', 'POST requires exactly one file upload per request, as the last field.'),
    );
  const namedKey = fields.get('key');
  if (namedKey === undefined || namedKey === '')
    return refuse(badRequest('InvalidArgument', "Bucket POST must contain a field named 'key'."));
  const signature = checkSignature(fields, deps.secretOf);
  if (!signature.ok) return signature;
  const policy = readPolicy(signature.policy);
  if (policy === undefined)
    return refuse(
      badRequest('InvalidPolicyDocument', 'Invalid Policy: it is no JSON document with an expiration and conditions.'),
    );
  if (Date.parse(policy.expiration) <= deps.nowMs)
    return refuse(accessDenied('Invalid according to Policy: Policy expired.'));
  const values = new Map([
    ...fields,
    ['bucket', deps.bucket],
    ['key', namedKey.replaceAll(/\$\{filename\}/g, () => file.filename)],
  ]);
  const refusal =
    refuseBucketField(fields, deps.bucket) ??
    refuseConditions(policy.conditions, values, file.body.length) ??
    refuseExtraFields(policy.conditions, fields);
  if (refusal !== undefined) return refuse(refusal);
  const status = Number(fields.get('success_action_status'));
  return {
    ok: true,
    caller: signature.caller,
    key: values.get('key') ?? namedKey,
    contentType: fields.get('content-type') ?? 'binary/octet-stream',
    body: file.body,
    successStatus: status === 200 || status === 201 ? status : 204,
  };
};

const badRequest = (code: string, message: string): S3Refusal => ({ status: 400, code, message });

const checkSignature = (
  fields: UploadForm['fields'],
  secretOf: (accessKeyId: string) => string,
):
  | { readonly ok: true; readonly caller: string; readonly policy: string }
  | { readonly ok: false; readonly refusal: S3Refusal } => {
  const refuse = (refusal: S3Refusal) => ({ ok: false as const, refusal });
  const policy = fields.get('policy');
  const given = fields.get('x-amz-signature');
  const credential = /^([^/\s]+)\/(\d{8})\/([a-z0-9-]+)\/s3\/aws4_request$/.exec(fields.get('x-amz-credential') ?? '');
  if (policy === undefined || given === undefined)
    return refuse(accessDenied('Access Denied: the form has no signed policy.'));
  if (fields.get('x-amz-algorithm') !== 'AWS4-HMAC-SHA256')
    return refuse(badRequest('InvalidArgument', 'The only algorithm is AWS4-HMAC-SHA256.'));
  const [, caller, day, region] = credential ?? [];
  if (caller === undefined || day === undefined || region === undefined || !fields.get('x-amz-date')?.startsWith(day))
    return refuse(
      badRequest('InvalidArgument', 'X-Amz-Credential must be <key>/<day of X-Amz-Date>/<region>/s3/aws4_request.'),
    );
  const expected = signPolicy(policy, { secret: secretOf(caller), day, region });
  const matches = given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
  if (matches) return { ok: true, caller, policy };
  return refuse({
    status: 403,
    code: 'SignatureDoesNotMatch',
    message:
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  });
};

/** The signature of a policy in base64, in hex: the key is derived from secret, day, region and service (version 4). */
export const signPolicy = (
  policy: string,
  { secret, day, region }: { readonly secret: string; readonly day: string; readonly region: string },
): string => {
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const signingKey = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secret}`);
  return hmac(signingKey, policy).toString('hex');
};

const conditionSchema = z.union([
  z.tuple([z.literal('content-length-range'), z.coerce.number(), z.coerce.number()]),
  z.tuple([z.enum(['eq', 'starts-with']), z.string().startsWith('$'), z.string()]),
  // plain-keys: one pair, read as a pair.
  z
    .record(z.string(), z.string())
    .refine((pair) => Object.keys(pair).length === 1)
    .transform((pair) => ['eq', `$${Object.keys(pair)[0]}`, `${Object.values(pair)[0]}`] as const),
]);
type Condition = z.infer<typeof conditionSchema>;

const policySchema = z.object({ expiration: z.iso.datetime(), conditions: z.array(conditionSchema) });

const readPolicy = (policy: string): z.infer<typeof policySchema> | undefined => {
  try {
    const parsed = policySchema.safeParse(JSON.parse(Buffer.from(policy, 'base64').toString('utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // No JSON: refused as an invalid document.
    return undefined;
  }
};

const refuseBucketField = (fields: UploadForm['fields'], bucket: string): S3Refusal | undefined => {
  const named = fields.get('bucket');
  return named === undefined || named === bucket
    ? undefined
    : accessDenied('Invalid according to Policy: the form names another bucket than the URL.');
};

const refuseConditions = (
  conditions: readonly Condition[],
  values: ReadonlyMap<string, string>,
  size: number,
): S3Refusal | undefined => {
  for (const condition of conditions) {
    if (condition[0] === 'content-length-range') {
      const [, min, max] = condition;
      if (size < min)
        return badRequest('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size.');
      if (size > max) return badRequest('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size.');
      continue;
    }
    const [operator, field, wanted] = condition;
    const value = values.get(field.slice(1).toLowerCase());
    const holds = operator === 'eq' ? value === wanted : value?.startsWith(wanted) === true;
    if (!holds)
      return accessDenied(
        `Invalid according to Policy: Policy Condition failed: ${JSON.stringify([operator, field, wanted])}`,
      );
  }
  return undefined;
};

/** Fields that need no condition. */
const unconditioned = new Set(['policy', 'x-amz-signature', 'bucket']);

const refuseExtraFields = (conditions: readonly Condition[], fields: UploadForm['fields']): S3Refusal | undefined => {
  const allowed = new Set(conditions.map(([, field]) => `${field}`.slice(1).toLowerCase()));
  const extra = [...fields.keys()].find(
    (name) => !unconditioned.has(name) && !name.startsWith('x-ignore-') && !allowed.has(name),
  );
  return extra === undefined ? undefined : accessDenied(`Invalid according to Policy: Extra input fields: ${extra}`);
};
