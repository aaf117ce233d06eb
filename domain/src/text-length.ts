/**
 * How long a text is as the API counts it (T3): code points of the composed form. A form counts with these, for `maxLength` of
 * HTML counts halves of characters: it takes 50 emoji for 100, and cuts the last one in two.
 */
export const lengthOf = (text: string): number => {
  let length = 0;
  for (const _ of text.normalize('NFC')) length += 1;
  return length;
};

/** The beginning of a text, composed, at most so long, never cut inside a character. */
export const cutText = (text: string, max: number): string => [...text.normalize('NFC')].slice(0, max).join('');
