import { describe, expect, it } from 'vitest';
import { readListQuery } from '#core/list-query';

describe('[T13] the range of a list', () => {
  it.each(['[0,1e1]', '[0,0x10]', '[0,+1]', '["0","1"]', '[0, 1.0]'])('%s is refused by name', (range) => {
    expect(readListQuery(new URLSearchParams({ range }))).toMatchObject({ ok: false, parameter: 'range' });
  });

  it.each(['[0,24]', '[ 0, 24 ]', ''])('%j is read', (range) => {
    expect(readListQuery(new URLSearchParams({ range })).ok).toBe(true);
  });
});
