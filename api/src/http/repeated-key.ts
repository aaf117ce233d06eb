/** A string, a bracket, a comma: all that the structure of a JSON text is made of. */
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/g;

/**
 * The first member that stands twice in one object of a valid JSON text, as written there. JSON.parse keeps the last of
 * them, other readers the first: nobody could say what was sent (RFC 8259, section 4).
 */
export const repeatedKey = (jsonText: string): string | undefined => {
  /** Keys seen in each open object; undefined for a list. */
  const open: (Set<string> | undefined)[] = [];
  let isKeyNext = false;
  for (const [text] of jsonText.matchAll(token)) {
    if (text === '{' || text === '[') open.push(text === '{' ? new Set() : undefined);
    else if (text === '}' || text === ']') open.pop();
    const keys = open.at(-1);
    if (text.startsWith('"')) {
      if (isKeyNext && keys !== undefined) {
        const key = String(JSON.parse(text));
        if (keys.has(key)) return text.slice(0, 60);
        keys.add(key);
      }
      isKeyNext = false;
    } else isKeyNext = text === '{' || text === ',';
  }
  return undefined;
};
