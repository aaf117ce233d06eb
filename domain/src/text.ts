import * as z from 'zod';
import {
  type CharacterFault,
  codePointName,
  findRefused,
  isVisible,
  leavesDirectionOpen,
  textPattern,
  trimBlank,
} from '#text-characters';
import { lengthOf } from '#text-length';

/**
 * Text that people type, in any script (docs/spec/text.md). It is kept in Unicode's composed form (NFC), without what
 * looks blank around it. Length is counted in code points, as JSON Schema does, so that the API page says exactly what
 * is taken: an emoji or a character beyond the first plane is one, a letter with its accents is what NFC makes of it.
 * A code point has at most four bytes, so the bound of characters bounds the row too.
 */
export type TextRules = {
  /** What to say when nothing is there: `Enter your name.` */
  readonly ask: string;
  /** Begins the sentence of a fault: `The name`. */
  readonly called: string;
  /** Code points. */
  readonly max: number;
  /** 0: may be empty. Default 1. */
  readonly min?: number;
};

/** One line: a name, a line of an address, a reason. */
export const lineText = (rules: TextRules) => textSchema(rules, tidyLine, false);

/** Text of several lines: line breaks and tabs are part of it. */
export const longText = (rules: TextRules) => textSchema(rules, tidyProse, true);

/** What somebody searches for: control characters and line breaks count as blanks, so that nothing pasted is refused. */
export const searchText = (max: number) =>
  z
    .string('Give a text.')
    .overwrite(tidySearch)
    .refine((text) => lengthOf(text) <= max, `Search for at most ${max} characters.`)
    .meta({ maxLength: max });

/** What is wrong with a text, and what to do about it; undefined when nothing is. */
export const textFault = (
  text: string,
  rules: TextRules,
  isProse = false,
): { readonly fault: string; readonly message: string; readonly remedy: string } | undefined => {
  const { ask, called, max, min = 1 } = rules;
  const refused = findRefused(text, isProse);
  if (refused !== undefined) return { fault: refused.kind, ...wordsOf(refused, called) };
  if (leavesDirectionOpen(text))
    return {
      fault: 'direction-open',
      message: `${called} changes the writing direction (an invisible character) and does not change it back.`,
      remedy: 'Type it again instead of pasting it.',
    };
  if (text !== '' && !isVisible(text))
    return { fault: 'invisible', message: `${called} holds invisible characters alone. ${ask}`, remedy: ask };
  const length = lengthOf(text);
  if (length < min) return { fault: length === 0 ? 'missing' : 'too-short', message: ask, remedy: ask };
  if (length > max)
    return {
      fault: 'too-long',
      message: `Use at most ${max.toLocaleString('en-GB')} characters: there are ${length.toLocaleString('en-GB')}.`,
      remedy: 'Shorten it.',
    };
  return undefined;
};

const textSchema = (rules: TextRules, tidy: (text: string) => string, isProse: boolean) => {
  const { ask, max, min = 1 } = rules;
  return z
    .string({ error: ({ input }) => (input === undefined || input === null ? ask : 'Give a text.') })
    .overwrite(tidy)
    .superRefine((text, context) => {
      const found = textFault(text, rules, isProse);
      if (found === undefined) return;
      const { fault, message, remedy } = found;
      context.addIssue({ code: 'custom', message, params: { fault, remedy } });
    })
    .meta({
      ...(min === 0 ? {} : { minLength: min }),
      maxLength: max,
      pattern: textPattern(isProse, min === 0),
    });
};

const tidyLine = (text: string): string => trimBlank(text.normalize('NFC'));
const tidyProse = (text: string): string =>
  trimBlank(text.normalize('NFC').replace(/\r\n|[\r\u0085\u2028\u2029]/g, '\n'));
const tidySearch = (text: string): string => trimBlank(text.normalize('NFC').replace(/[\p{Cc}\s]+/gu, ' '));

const wordsOf = (
  { kind, character }: CharacterFault,
  called: string,
): { readonly message: string; readonly remedy: string } => {
  const named = codePointName(character);
  switch (kind) {
    case 'line-break':
      return { message: `${called} holds a line break.`, remedy: 'Write it in one line.' };
    case 'control-character':
      return {
        message: `${called} holds a control character (${named}).`,
        remedy: 'Delete it, or type the text again.',
      };
    case 'half-character':
      return { message: `${called} holds half of a character (${named}).`, remedy: 'Send whole characters.' };
    case 'non-character':
      return {
        message: `${called} holds ${named}, which is no character.`,
        remedy: 'Delete it, or type the text again.',
      };
  }
};
