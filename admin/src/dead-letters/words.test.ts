import { describe, expect, it } from 'vitest';
import { ageText, letterReason, resultText } from '#dead-letters/words.ts';

describe('the words of dead letters', () => {
  it.each([
    [4000, '4 s'],
    [600_000, '10 min'],
    [5 * 3_600_000, '5 h'],
    [9 * 86_400_000, '9 days'],
  ])('say %i ms as %s', (ms, words) => {
    expect(ageText(ms)).toBe(words);
  });

  it('count what came of a call', () => {
    const results = [
      { id: 'a', outcome: 'requeued' },
      { id: 'b', outcome: 'requeued' },
      { id: 'c', outcome: 'already-settled' },
    ] as const;
    expect(resultText({ results: [...results] })).toBe('2 sent again, 1 settled before.');
    expect(resultText({ results: [...results], more: true })).toContain('There are more');
    expect(resultText({ results: [] })).toBe('There was nothing to do.');
  });

  it('show a reason that nobody has words for', () => {
    expect(letterReason('brand-new')).toBe('brand-new');
  });
});
