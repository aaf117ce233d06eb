import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { lineText, longText, searchText } from '#text';
import { cutText, lengthOf } from '#text-length';

const name = lineText({ ask: 'Enter your name.', called: 'The name', max: 20 });
const prose = longText({ ask: 'Describe it.', called: 'The description', max: 200, min: 0 });
const faultOf = (schema: z.ZodType, text: string): string | undefined =>
  schema.safeParse(text).error?.issues[0]?.message;

describe('text of any script', () => {
  it.each([
    ['an emoji', 'Ann 😀'],
    ['a family joined by ZWJ', 'The 👨‍👩‍👧‍👦'],
    ['a flag', '🇬🇧 shop'],
    ['a flag made of tags', '🏴󠁧󠁢󠁷󠁬󠁳󠁿'],
    ['a character beyond the first plane', '𠮷野家'],
    ['right to left', 'شاي أخضر'],
    ['Hebrew with a mark of direction', 'תה (50)\u200F'],
    ['a Persian name with a joiner', 'می\u200Cخواهم'],
    ['a Bengali name', 'রফিক'],
    ['an isolate that is closed', '\u2068Ada\u2069'],
    ['an apostrophe', "O'Neill"],
    ['one letter', 'O'],
  ])('[T1] takes %s as it is', (_, text) => {
    expect(name.parse(text)).toBe(text);
  });

  it('[T1] composes what was decomposed, and cuts what looks blank around it', () => {
    expect(name.parse('\u3000 Rene\u0301\u200B\u00A0\n')).toBe('René');
  });

  it.each([
    ['', 'Enter your name.'],
    ['\u200B', 'Enter your name.'],
    ['\u2800\u3164\u00AD', 'Enter your name.'],
    ['\u00A0\u2003', 'Enter your name.'],
    ['\u200F\u200E', 'The name holds invisible characters alone. Enter your name.'],
    ['\u{E0041}\u{E007F}', 'The name holds invisible characters alone. Enter your name.'],
    ['\uFE0F', 'The name holds invisible characters alone. Enter your name.'],
    ['Ann \u0000 B', 'The name holds a control character (U+0000).'],
    ['Ann\u0085B', 'The name holds a control character (U+0085).'],
    ['Ann\tB', 'The name holds a control character (U+0009).'],
    ['Ann\nB', 'The name holds a line break.'],
    ['Ann\u2028B', 'The name holds a line break.'],
    ['Ann \uFFFF', 'The name holds U+FFFF, which is no character.'],
    ['Ann \u{1FFFE}', 'The name holds U+1FFFE, which is no character.'],
    ['Ann \uD800', 'The name holds half of a character (U+D800).'],
    ['Ann\u202E', 'The name changes the writing direction (an invisible character) and does not change it back.'],
    ['\u2067Ann', 'The name changes the writing direction (an invisible character) and does not change it back.'],
    ['a'.repeat(21), 'Use at most 20 characters: there are 21.'],
  ])('[T2] refuses %j by name', (text, message) => {
    expect(faultOf(name, text)).toBe(message);
  });

  it('[T3] counts code points: 20 emoji are 20 characters', () => {
    expect(name.safeParse('🍵'.repeat(20)).success).toBe(true);
    expect(faultOf(name, '🍵'.repeat(21))).toBe('Use at most 20 characters: there are 21.');
  });

  it('[T2] says the remedy beside the fault', () => {
    expect(name.safeParse('Ann\nB').error?.issues[0]).toMatchObject({
      params: { fault: 'line-break', remedy: 'Write it in one line.' },
    });
  });

  it('[T4] a long text keeps its lines, and no other control character', () => {
    expect(prose.parse('One\r\ntwo\rthree\u2028four\t5')).toBe('One\ntwo\nthree\nfour\t5');
    expect(faultOf(prose, 'a\u0007')).toBe('The description holds a control character (U+0007).');
    expect(prose.parse('')).toBe('');
  });

  it('[T5] a search takes whatever was pasted', () => {
    expect(searchText(100).parse('  earl\tgrey\u0000\n ')).toBe('earl grey');
    expect(faultOf(searchText(100), 'a'.repeat(101))).toBe('Search for at most 100 characters.');
  });

  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc
      .array(fc.constantFrom(' ', '\n', '\u200B', '\u202E', '\u2069', 'a', '😀', '\u0301', '\u0000', '\u3000'))
      .map((list) => list.join('')),
  );

  test.prop([anyText])('[T6] what is taken is taken again unchanged', (text) => {
    for (const schema of [name, prose]) {
      const parsed = schema.safeParse(text);
      if (parsed.success) expect(schema.parse(parsed.data)).toBe(parsed.data);
    }
  });

  test.prop([anyText], { examples: [['\u0301\n\u200B'], ['a\u200B\n\u3000']] })(
    '[T6] the published pattern and bounds say what is taken',
    (text) => {
      for (const schema of [name, prose]) {
        const { pattern = '', minLength = 0, maxLength = 0 } = z.toJSONSchema(schema, { io: 'input' });
        const composed = text.normalize('NFC');
        const isDocumented =
          new RegExp(pattern, 'u').test(text) && lengthOf(composed) >= minLength && lengthOf(composed) <= maxLength;
        const { success, error } = schema.safeParse(text);
        const fault = (error?.issues[0] as { params?: { fault?: string } } | undefined)?.params?.fault;
        if (isDocumented && fault !== 'direction-open') expect(success).toBe(true);
        if (success && lengthOf(composed) <= maxLength) expect(isDocumented).toBe(true);
      }
    },
  );
});

describe('[T3] the length of a text, as a form counts it', () => {
  it.each([
    ['plain', 5],
    ['🍵🍵', 2],
    ['𠮷野家', 3],
    ['e\u0301', 1],
    ['👨‍👩‍👧‍👦', 7],
  ])('%s is %i', (text, length) => {
    expect(lengthOf(text)).toBe(length);
  });

  it('is what lineText takes, and what is cut to it is taken', () => {
    const name = lineText({ ask: 'Enter.', called: 'The name', max: 5 });
    for (const text of ['🍵'.repeat(6), 'e\u0301'.repeat(6), '𠮷'.repeat(6)]) {
      expect(name.safeParse(text).success).toBe(false);
      expect(name.parse(cutText(text, 5))).toBe(cutText(text, 5));
      expect(lengthOf(cutText(text, 5))).toBe(5);
    }
  });
});
