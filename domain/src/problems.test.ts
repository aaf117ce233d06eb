import { describe, expect, it } from 'vitest';
import { fieldErrorsOf, problemCodes, problemKind, violationsOf } from '#problems';
import { editProductSchemaIn } from '#product';

describe('the problem registry', () => {
  it('gives every code a title, a meaning and a remedy', () => {
    for (const code of problemCodes) {
      const kind = problemKind(code);
      expect(kind.status).toBeGreaterThanOrEqual(400);
      for (const text of [kind.title, kind.meaning, kind.remedy]) expect(text.length).toBeGreaterThan(3);
      expect(kind.remedy.endsWith('.')).toBe(true);
    }
  });
});

describe('the faults of a value that may have several shapes', () => {
  it.each([
    [{ delta: 1.5, reason: 'count wrong' }, '/stockChange/delta', 'Give a whole number.'],
    [{ delta: 5 }, '/stockChange/reason', undefined],
    [{ delta: -9_999_999, reason: 'lost it' }, '/stockChange/delta', 'Change the stock by at most 100,000 at once.'],
    [{ seen: 1, wanted: -1, reason: 'lost it' }, '/stockChange/wanted', 'Stock cannot be negative.'],
  ])('are those of the nearest one: %j', (stockChange, pointer, message) => {
    const parsed = editProductSchemaIn('GBP').safeParse({ version: 1, stockChange });
    const [violation, ...others] = parsed.success ? [] : violationsOf(parsed.error);
    expect([violation?.pointer, others]).toEqual([pointer, []]);
    if (message !== undefined) expect(violation?.message).toBe(message);
  });

  it.each(['__proto__', 'constructor', 'toString'])('[T10] names the fault of a field that is called %s', (name) => {
    const errors = fieldErrorsOf([{ pointer: `/${name}`, code: 'unknown', message: 'Leave this out.', remedy: '' }]);
    expect(Object.entries(errors)).toEqual([[name, 'Leave this out.']]);
  });
});
