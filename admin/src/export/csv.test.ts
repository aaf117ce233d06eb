import { describe, expect, it } from 'vitest';
import { toCsv } from '#export/csv.ts';

describe('a table as CSV', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '＝1+1', '＠A1'])(
    'lets no text run as a formula: %j',
    (text) => {
      expect(toCsv([{ Name: text }], ['Name'])).toBe(`\uFEFFName\r\n"'${text}"`);
    },
  );

  it('leaves numbers and other texts as they are', () => {
    expect(toCsv([{ Name: 'Assam, second flush', Stock: -2 }], ['Name', 'Stock'])).toBe(
      '\uFEFFName,Stock\r\n"Assam, second flush",-2',
    );
  });
});
