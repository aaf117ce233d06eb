import { describe, expect, it } from 'vitest';
import { problemCodes, problemKind } from '#problems';

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
