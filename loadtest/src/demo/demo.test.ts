import { describe, expect, it } from 'vitest';
import { demoExitCode, endingOf } from '#demo/ending';
import { makeNarrator } from '#demo/narrator';
import { planOf } from '#plan';
import { resultOf } from '#result';
import { evidence, sample } from '#testing';

const plan = planOf({
  journey: 'checkout-rush',
  profile: 'demo',
  seed: 1,
  capacity: 50,
  shopApiUrl: 'h',
  socketUrl: 'w',
});

const tellAll = (isTTY: boolean) => {
  let nowMs = 0;
  const written: string[] = [];
  const narrator = makeNarrator({ isTTY, write: (text) => written.push(text), now: () => nowMs });
  narrator.loadBegins(plan);
  for (let second = 0; second < plan.seconds; second += 1) {
    nowMs = second * 1000;
    narrator.sampled(sample(second, { waiting: second, useful: second * 10 }));
  }
  narrator.say('Killing the database.');
  narrator.drainBegins(300);
  narrator.auditBegins();
  return written;
};

describe('the demo', () => {
  it('tells every chapter once, in order', () => {
    const text = tellAll(false).join('');
    const at = ['1. An', '2. Now', '3. The', '4. The', '5. Empty'].map((words) => text.indexOf(words));
    expect(at).toEqual([...at].sort((one, two) => one - two));
    expect(at.every((index) => index >= 0)).toBe(true);
    expect(text.match(/2\. Now/g)).toHaveLength(1);
  });

  it('says in its own words what a run reports', () => {
    expect(tellAll(false).join('')).toContain('Shoppers notice');
  });

  it('shows the queue and what is written on one live line, or a line every five seconds without a terminal', () => {
    const lines = tellAll(false).filter((text) => text.includes('in the queue'));
    expect(lines.length).toBe(Math.ceil(plan.seconds / 5));
    expect(lines.at(-1)).toMatch(/\d+ {3}written 10\.0 of 40 units\/s {3}throttled 0\n$/);
    expect(tellAll(true).filter((text) => text.startsWith('\r\u001b[K   in the queue'))).toHaveLength(plan.seconds);
  });

  it('ends with zero lost, its bound and the report, exit code 0', () => {
    const result = resultOf(evidence(), 0);
    expect(endingOf(result, '/r/report.html')).toMatch(/Zero lost\. 1 orders[\s\S]+\/r\/report\.html/);
    expect(demoExitCode(result)).toBe(0);
  });

  it('names what is wrong, exit code 20', () => {
    const result = resultOf(evidence(), 0);
    const lost = { ...result, counts: { ...result.counts, lost: 2 } };
    expect(endingOf(lost, 'r')).toContain('Wrong: 2 lost of 1 accepted orders.');
    expect(demoExitCode(lost)).toBe(20);
  });
});
