import { describe, expect, it } from 'vitest';
import { orderReceipt } from '#audit/testing';
import { drawChart, scaleOf } from '#report/chart';
import { chartsOf, reportPage } from '#report/page';
import { blockOf, drawPicture } from '#report/picture';
import { flowSeries } from '#report/series';
import { resultOf } from '#result';
import { evidence, record, sample } from '#testing';

const samples = [0, 2, 4, 6].map((second) => sample(second, { waiting: second === 4 ? 1 : 0 }));

describe('the report', () => {
  const run = evidence({ samples, receipts: [orderReceipt({ id: 'order-<1>', atMs: 3000, tookMs: 5 })] });
  const result = resultOf(run, 0);
  const page = reportPage(result, run.record, run.receipts, run.samples);

  it('stands alone: it fetches nothing and runs nothing', () => {
    expect(page).not.toMatch(/<script|<link|\bsrc=|url\(|@import/);
  });

  it('shows the verdict, the command that repeats it and every chart', () => {
    expect(page).toContain('npm run loadtest -- checkout-rush overload-5x --seed 7 --capacity 40</pre>');
    expect(page.match(/<svg[^>]+role="img"/g)).toHaveLength(6);
    expect(page).toContain('Incorrect');
  });

  it('escapes what it prints', () => {
    expect(page).toContain('order-&lt;1&gt;');
    expect(page).not.toContain('order-<1>');
  });

  it('counts a write as applied when it has left the queue', () => {
    const receipts = [orderReceipt({ atMs: 3000, tookMs: 5 })];
    const [offered, accepted, applied] = flowSeries(record({ loadToMs: 6000 }), receipts, samples);
    expect(offered?.points).toEqual([
      [2, 0],
      [4, 0.5],
      [6, 0],
    ]);
    expect(accepted?.points).toEqual([
      [2, 0],
      [4, 0.5],
      [6, 0],
    ]);
    expect(applied?.points).toEqual([
      [2, 0],
      [4, 0],
      [6, 0.5],
    ]);
  });
});

describe('a picture', () => {
  it.each(['light', 'dark'] as const)('stands alone in %s, with colours of its own', (theme) => {
    const run = evidence({ samples });
    const picture = drawPicture(chartsOf(run.record, run.receipts, run.samples).map(blockOf), theme);
    expect(picture).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="800" height="\d+"/);
    expect(picture).not.toMatch(/var\(|light-dark|NaN|undefined|href=/);
    expect(picture).toContain('Offered, accepted, applied.');
  });
});

describe('a chart', () => {
  it.each([
    [0, { step: 1, max: 1 }],
    [7, { step: 2, max: 8 }],
    [40, { step: 10, max: 40 }],
    [1234, { step: 500, max: 1500 }],
  ])('scales %d to round steps', (highest, scale) => expect(scaleOf(highest, 4)).toEqual(scale));

  it('draws an empty run without a number that is none', () => {
    const drawn = drawChart({
      title: 't',
      says: 's',
      unit: 'u',
      series: [],
      seconds: 0,
      steps: [],
      kind: 'lines',
      height: 100,
    });
    expect(drawn).not.toMatch(/NaN|Infinity|undefined/);
  });
});
