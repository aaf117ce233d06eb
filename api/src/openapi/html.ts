/** A piece of HTML that is safe to put into a page. Only `html` makes one. */
export type Html = { readonly text: string };

type Value = Html | string | number | readonly Html[];

/** Builds HTML: values are escaped, pieces of HTML go in as they are. */
export const html = (parts: TemplateStringsArray, ...values: readonly Value[]): Html => ({
  text: parts.map((part, index) => part + textOf(values[index] ?? '')).join(''),
});

/** Pieces with something between them. */
export const joined = (pieces: readonly Html[], between: string): Html => ({
  text: pieces.map(({ text }) => text).join(escaped(between)),
});

/** Prose of the documents: what stands between backticks is code. */
export const prose = (text: string): Html => ({
  text: escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>'),
});

/** Text of our own that is not to be escaped, such as a style sheet. */
export const trusted = (text: string): Html => ({ text });

const textOf = (value: Value): string => {
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  return 'text' in value ? value.text : value.map(({ text }) => text).join('');
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
