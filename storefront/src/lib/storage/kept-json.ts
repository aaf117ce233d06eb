import { readText, writeText } from '#lib/storage/local-text.ts';
import type { SetAside } from '#lib/storage/set-aside.ts';
import { type Reader, readShape } from '#lib/storage/shape.ts';

/** A JSON text of this shape. Unreadable parts are set aside, and what is left is written back, so that this happens once. */
export const readKept = <T>(key: string, reader: Reader<T>, setAside: SetAside): T | undefined => {
  const raw = readText(key);
  if (raw === undefined) return undefined;
  const { value, badParts } = readShape(reader, parse(raw));
  if (badParts.length > 0) {
    setAside.add(key, badParts);
    writeText(key, value === undefined ? undefined : JSON.stringify(value));
  }
  return value;
};

/** JSON that cannot be parsed stays the text that it is: no shape takes it. */
const parse = (raw: string): unknown => {
  try {
    return JSON.parse(raw) ?? raw;
  } catch {
    return raw;
  }
};
