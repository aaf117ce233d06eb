import { describe, expect, it } from 'vitest';
import { makeNowAndThen } from '#core/said-now-and-then';

describe('what a client may cause as often as it likes', () => {
  it('is said once a key and minute, with the number of those that were kept quiet', () => {
    let nowMs = 0;
    const said: [string, number][] = [];
    const nowAndThen = makeNowAndThen(() => nowMs, 60_000);
    const happen = (key: string) => nowAndThen(key, (quiet) => said.push([key, quiet]));
    for (let times = 0; times < 90_000; times += 1) happen('a');
    happen('b');
    nowMs = 60_000;
    happen('a');
    expect(said).toEqual([
      ['a', 0],
      ['b', 0],
      ['a', 89_999],
    ]);
  });

  it('remembers a thousand keys and no more', () => {
    let said = 0;
    const nowAndThen = makeNowAndThen(() => 0, 60_000);
    for (let key = 0; key <= 1000; key += 1) nowAndThen(String(key), () => (said += 1));
    nowAndThen('1', () => (said += 1));
    expect(said).toBe(1001);
    nowAndThen('0', () => (said += 1));
    expect(said).toBe(1002);
  });
});
