/** DynamoDB's JSON of values, both ways, for what rows of this shop hold: texts, numbers, booleans, null, lists, maps. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: Readonly<Record<string, AttributeValue>> };

export const marshalRow = (row: object): Readonly<Record<string, AttributeValue>> =>
  Object.fromEntries(
    Object.entries(row).flatMap(([key, value]) => (value === undefined ? [] : [[key, marshal(value)]])),
  );

export const unmarshalRow = (row: Readonly<Record<string, AttributeValue>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).map(([key, value]) => [key, unmarshal(value)]));

const marshal = (value: unknown): AttributeValue => {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value === null || value === undefined) return { NULL: true };
  if (Array.isArray(value)) return { L: value.map(marshal) };
  return { M: marshalRow(value as object) };
};

const unmarshal = (value: AttributeValue): unknown => {
  if ('S' in value) return value.S;
  if ('N' in value) return Number(value.N);
  if ('BOOL' in value) return value.BOOL;
  if ('L' in value) return value.L.map(unmarshal);
  if ('M' in value) return unmarshalRow(value.M);
  return null;
};
