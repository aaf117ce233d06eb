import { own } from '@penstock/domain/own';
/**
 * Size of an item in bytes as DynamoDB counts it: names and values; numbers at two digits a byte, lists and maps with 3
 * bytes and one more an element (the AWS guide, "DynamoDB item sizes and formats"). Takes what came over the wire: a
 * thing that is no attribute value counts nothing, and the engine refuses it.
 */
export const itemBytes = (item: unknown): number =>
  isRecord(item)
    ? Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0)
    : 0;

const valueBytes = (value: unknown): number => {
  if (!isRecord(value)) return 0;
  const [type] = Object.keys(value);
  const content = type === undefined ? undefined : own(value, type);
  switch (type) {
    case 'S':
      return textBytes(content);
    case 'N':
      return numberBytes(content);
    case 'B':
      return binaryBytes(content);
    case 'SS':
      return sumOf(content, textBytes);
    case 'NS':
      return sumOf(content, numberBytes);
    case 'BS':
      return sumOf(content, binaryBytes);
    case 'L':
      return containerBytes + sumOf(content, (element) => 1 + valueBytes(element));
    case 'M':
      return containerBytes + itemBytes(content) + (isRecord(content) ? Object.keys(content).length : 0);
    default:
      return 1;
  }
};

const containerBytes = 3;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const sumOf = (values: unknown, sizeOf: (value: unknown) => number): number =>
  Array.isArray(values) ? values.reduce<number>((sum, value) => sum + sizeOf(value), 0) : 0;

const textBytes = (value: unknown): number => (typeof value === 'string' ? Buffer.byteLength(value) : 0);

const binaryBytes = (value: unknown): number =>
  typeof value === 'string' ? Math.floor((value.replace(/=+$/, '').length * 3) / 4) : 0;

const numberBytes = (value: unknown): number => {
  if (typeof value !== 'string') return 0;
  const digits = (value.split(/e/i)[0] ?? '').replace(/[-+.]/g, '').replace(/^0+|0+$/g, '').length;
  return Math.ceil(digits / 2) + 1 + (value.startsWith('-') ? 1 : 0);
};
