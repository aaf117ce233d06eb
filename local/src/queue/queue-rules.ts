import * as z from 'zod';

/** What SQS refuses and fauxqs takes: checked at the door, in SQS's own words. */
export type Refusal = { readonly code: string; readonly message: string };

const redrivePolicySchema = z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() });
export type RedrivePolicy = z.infer<typeof redrivePolicySchema>;

/** The redrive policy among a queue's attributes; an empty text takes it away. */
export const redrivePolicyOf = (attributes: Readonly<Record<string, string>>): RedrivePolicy | undefined => {
  const text = attributes.RedrivePolicy;
  if (text === undefined || text === '') return undefined;
  const parsed = redrivePolicySchema.safeParse(parseJson(text));
  return parsed.success ? parsed.data : undefined;
};

/** Refuses what AWS refuses: a dead-letter queue of the other kind, and maxReceiveCount outside 1 to 1000. */
export const refuseRedrivePolicy = (
  queueName: string,
  attributes: Readonly<Record<string, string>>,
): Refusal | undefined => {
  const text = attributes.RedrivePolicy;
  if (text === undefined || text === '') return undefined;
  const refuse = (reason: string) => ({
    code: 'InvalidParameterValue',
    message: `Value ${text} for parameter RedrivePolicy is invalid. Reason: ${reason}`,
  });
  const policy = redrivePolicyOf(attributes);
  if (policy === undefined) return refuse('Redrive policy is not a valid JSON map.');
  const { maxReceiveCount, deadLetterTargetArn } = policy;
  if (!Number.isInteger(maxReceiveCount) || maxReceiveCount < 1 || maxReceiveCount > 1000)
    return refuse(
      `Invalid value for maxReceiveCount: ${maxReceiveCount}, valid values are from 1 to 1000 both inclusive.`,
    );
  if (deadLetterTargetArn.endsWith('.fifo') !== queueName.endsWith('.fifo'))
    return refuse('Dead-letter queue must be same type of queue as the source.');
  return undefined;
};

/** Group and deduplication ids: 1 to 128 letters, digits and punctuation. */
const idPattern = /^[\x21-\x7e]{1,128}$/;

export const refuseId = (parameter: string, value: string | undefined): Refusal | undefined =>
  value === undefined || idPattern.test(value)
    ? undefined
    : {
        code: 'InvalidParameterValue',
        message: `Value ${value} for parameter ${parameter} is invalid. Reason: ${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
      };

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the schema behind this refuses it.
    return undefined;
  }
};
