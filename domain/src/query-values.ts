import * as z from 'zod';

/**
 * Values of a query, which arrive as text. Numbers are digits: no sign, blank, fraction, exponent or other base. The
 * API page shows the value that is meant, with the bounds that are checked here.
 */
export const digits = (called: string, min: number, max: number) => {
  const say = `Give ${called} from ${min.toLocaleString('en-GB')} to ${max.toLocaleString('en-GB')}, in digits alone.`;
  return z
    .string(say)
    .regex(/^\d{1,16}$/, say)
    .transform(Number)
    .refine((value) => value >= min && value <= max, say)
    .meta({ override: { type: 'integer', minimum: min, maximum: max, pattern: undefined } });
};

/** `true` or `false`, and no other word for them. */
export const flag = () =>
  z
    .enum(['true', 'false'], 'Give true or false.')
    .transform((text) => text === 'true')
    .meta({ override: { type: 'boolean', enum: undefined } });
