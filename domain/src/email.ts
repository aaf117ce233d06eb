import * as z from 'zod';
import { trimBlank, unseenClass, withoutInvisible } from '#text-characters';

/**
 * E-mail addresses as they exist (RFC 5321, 6531): letters of any script on both sides, `&`, `+`, apostrophes, long
 * top-level domains. Not taken: quoted local parts, addresses in brackets, domains without a dot.
 */
const localPart = `[^\\u0000-\\u0020"(),.:;<>@\\[\\\\\\]${unseenClass}]+`;
const label = `[^\\u0000-\\u002c./\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u007f${unseenClass}]+`;
const topLabel = `(?:[^\\u0000-\\u0040\\u005b-\\u0060\\u007b-\\u007f${unseenClass}]{2,}|[Xx][Nn]--[A-Za-z0-9-]+)`;
const emailSource = `^${localPart}(?:\\.${localPart})*@(?:${label}\\.)+${topLabel}$`;
const pattern = new RegExp(emailSource, 'u');

/** Labels begin and end with no hyphen; checked apart, so that the pattern stays one pass. */
const hyphenAtEdge = /@-|-\.|\.-|-$/;
const ask = 'Enter an e-mail address such as name@example.com.';

/** The address as it is kept: composed, without blanks around it and without invisible characters, which none has. */
export const tidyEmail = (text: string): string => trimBlank(withoutInvisible(text.normalize('NFC')));

export const emailSchema = z
  .string(ask)
  .overwrite(tidyEmail)
  .superRefine((email, context) => {
    const fault = emailFault(email);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault, params: { remedy: ask } });
  })
  .meta({
    description:
      'Letters of any script, on both sides of the @. No quoted local part; no hyphen at the end of a label.',
    pattern: emailSource,
    maxLength: 254,
    example: 'name@example.com',
  });

const emailFault = (email: string): string | undefined => {
  if (email === '') return ask;
  if ([...email].length > 254) return 'An e-mail address has at most 254 characters.';
  if (/\s/u.test(email)) return 'An e-mail address has no blanks in it.';
  const at = email.split('@').length - 1;
  if (at !== 1)
    return at === 0 ? 'The @ is missing: an address reads like name@example.com.' : 'An e-mail address has one @.';
  if (pattern.test(email) && !hyphenAtEdge.test(email.slice(email.indexOf('@')))) return undefined;
  return ask;
};
