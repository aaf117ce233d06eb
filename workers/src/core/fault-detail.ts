/** Errors whose words are about the form of a value, never about what a person wrote. */
const telling: ReadonlySet<string> = new Set(['ValueNotStorable', 'ValidationException']);

/** What a letter says of the error that made it: its name, and its words where they hold nothing personal (H6). */
export const faultDetail = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown';
  return (telling.has(error.name) ? `${error.name}: ${error.message}` : error.name).slice(0, 300);
};
