export type Json = Readonly<Record<string, unknown>>;

/** Reads JSON that must be an object; undefined when it is not. */
export const parseObject = (text: string): Json | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    // Not JSON at all: the caller answers that.
    return undefined;
  }
};

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object without one member. */
export const without = (value: Json, name: string): Json => {
  const { [name]: _dropped, ...rest } = value;
  return rest;
};
