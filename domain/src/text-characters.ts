/**
 * Characters by what people see of them, as ranges of code points: one source for what the schemas check and for the
 * patterns that the API page prints. Sources: Unicode 16, properties White_Space, Default_Ignorable_Code_Point and
 * Noncharacter_Code_Point; U+2800 and the Hangul fillers are drawn as nothing without being either.
 */
type Range = readonly [from: number, to: number];

/** White space within a line. */
const space: readonly Range[] = [
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
/** White space that is refused inside a line, and cut around it. */
const breaks: readonly Range[] = [
  [0x09, 0x0d],
  [0x2028, 0x2029],
];
const blank = [...space, ...breaks];
/** Those that a long text may hold. */
const breaksInProse: readonly Range[] = [
  [0x09, 0x0a],
  [0x0d, 0x0d],
  [0x85, 0x85],
  [0x2028, 0x2029],
];

/** Drawn as nothing, and without meaning at the end of a text: cut there like white space. */
const empty: readonly Range[] = [
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x115f, 0x1160],
  [0x180e, 0x180e],
  [0x200b, 0x200b],
  [0x2060, 0x2064],
  [0x2800, 0x2800],
  [0x3164, 0x3164],
  [0xffa0, 0xffa0],
];

/** Drawn as nothing by themselves, but part of what stands beside them: joiners, directions, variants, tags of flags. */
const helping: readonly Range[] = [
  [0x61c, 0x61c],
  [0x17b4, 0x17b5],
  [0x180b, 0x180d],
  [0x180f, 0x180f],
  [0x200c, 0x200f],
  [0x202a, 0x202e],
  [0x2065, 0x206f],
  [0xfe00, 0xfe0f],
  [0xfff0, 0xfffc],
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe0fff],
];

const control: readonly Range[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
];
const lineBreak: readonly Range[] = [[0x2028, 0x2029]];
/** Half a character: no table, queue or file takes it. */
const half: readonly Range[] = [[0xd800, 0xdfff]];
/** Set aside by Unicode for use inside programs; SQS refuses some of them. */
const nonCharacter: readonly Range[] = [
  [0xfdd0, 0xfdef],
  ...Array.from({ length: 17 }, (_, plane): Range => [plane * 0x10000 + 0xfffe, plane * 0x10000 + 0xffff]),
];

/** Escapes where the first plane ends: the API page is read by tools whose regular expressions know no `\u{…}`. */
const render = (point: number): string =>
  point > 0xffff ? String.fromCodePoint(point) : `\\u${point.toString(16).padStart(4, '0')}`;
const inClass = (...lists: readonly (readonly Range[])[]): string =>
  lists
    .flat()
    .map(([from, to]) => (from === to ? render(from) : `${render(from)}-${render(to)}`))
    .join('');

const refused = inClass(control, lineBreak, half, nonCharacter);
/** As `refused`, without the tab and the line breaks that a long text may hold. */
const controlInProse: readonly Range[] = [
  [0x00, 0x08],
  [0x0b, 0x0c],
  [0x0e, 0x1f],
  [0x7f, 0x84],
  [0x86, 0x9f],
];
const refusedInProse = inClass(controlInProse, half, nonCharacter);
const invisible = inClass(blank, empty, helping);

const cutAtEnds = inClass(blank, empty);
const ends = new RegExp(`^[${cutAtEnds}]+|[${cutAtEnds}]+$`, 'gu');
const visible = new RegExp(`[^${invisible}${refused}]`, 'u');
const ignorable = new RegExp(`[${inClass(empty, helping)}\\ufeff]`, 'gu');

/** The text without what looks like blank space around it. */
export const trimBlank = (text: string): string => text.replace(ends, '');
/** Whether anybody sees anything of it. */
export const isVisible = (text: string): boolean => visible.test(text);
/** The text without characters that are drawn as nothing: for addresses and searches, where they mean nothing. */
export const withoutInvisible = (text: string): string => text.replace(ignorable, '');

const faults = [
  ['half-character', new RegExp(`[${inClass(half)}]`, 'u')],
  ['line-break', /[\n\r\u2028\u2029]/],
  ['control-character', new RegExp(`[${inClass(control)}]`, 'u')],
  ['non-character', new RegExp(`[${inClass(nonCharacter)}]`, 'u')],
] as const;

export type CharacterFault = { readonly kind: (typeof faults)[number][0]; readonly character: string };

/** The first character that no text of this kind may hold. */
export const findRefused = (text: string, isProse: boolean): CharacterFault | undefined => {
  const looked = isProse ? text.replace(/[\n\t]/g, ' ') : text;
  for (const [kind, pattern] of faults) {
    const found = pattern.exec(looked)?.[0];
    if (found !== undefined) return { kind, character: found };
  }
  return undefined;
};

/** U+0007, as people look a character up. */
export const codePointName = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

const openers = /[\u202A\u202B\u202D\u202E\u2066-\u2068]/;

/** Whether a change of writing direction is left open: it would turn round what the page writes behind it. */
export const leavesDirectionOpen = (text: string): boolean => {
  const open: string[] = [];
  for (const character of text) {
    if (openers.test(character)) open.push(character >= '\u2066' ? '\u2069' : '\u202C');
    else if (character === open.at(-1)) open.pop();
    // The end of an isolate closes the embeddings inside it (Unicode Bidirectional Algorithm, X6a).
    else if (character === '\u2069' && open.includes(character)) open.splice(open.lastIndexOf(character));
  }
  return open.length > 0;
};

/** What a text must look like, for the API page: blank space around it is cut before it is looked at. */
export const textPattern = (isProse: boolean, mayBeEmpty: boolean): string => {
  const inside = isProse ? inClass(space, breaksInProse, empty, helping) : inClass(space, empty, helping);
  const rest = isProse ? refusedInProse : refused;
  const body = `[${cutAtEnds}]*[${inside}]*[^${invisible}${refused}][^${rest}]*[${cutAtEnds}]*`;
  return mayBeEmpty ? `^(?:[${cutAtEnds}]*|${body})$` : `^${body}$`;
};

/** Inside a character class of an address: nothing blank, invisible or refused. */
export const unseenClass = `${invisible}${refused}`;
