/**
 * What a table holds under a name, for names that are text: `table[name]` would also find what every object inherits, such as
 * `constructor` (T10). scripts/plain-keys.ts holds every lookup by text to this.
 */
export const own = <T>(table: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
  // plain-keys: asked by hasOwn just before.
  table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
