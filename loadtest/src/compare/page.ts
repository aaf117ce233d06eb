import { writePaths } from '@penstock/platform/settings';
import { type Comparison, intervalFor, tableOf } from '#compare/comparison';
import { digits, intervalText } from '#compare/intervals';
import { measures } from '#compare/row';
import { chartWidth, escapeText, scaleOf } from '#report/chart';
import type { Block } from '#report/picture';
import { style } from '#report/style';

/** The comparison as one file that fetches nothing: the table, and a chart for each measure that says most. */
export const comparisonPage = (comparison: Comparison): string => {
  const { journey, profile, seeds, machine, revision } = comparison;
  const { head, faults, measures: measured } = tableOf(comparison);
  const title = `Four write paths: ${journey}`;
  const saysOf = (name: string) => measures.find((measure) => measure.name === name)?.says ?? '';
  const rowOf = ([name = '', ...cells]: readonly string[]) =>
    `<tr><th scope="row">${escapeText(name)}</th>${cells.map((cell) => `<td class="number">${escapeText(cell)}</td>`).join('')}<td class="muted">${escapeText(saysOf(name))}</td></tr>`;
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeText(title)} - Penstock load test</title><style>${style}</style></head><body>`,
    `<h1>${escapeText(title)}</h1>`,
    `<p class="muted">${escapeText(`${profile}; seeds ${seeds.join(', ')}; ${comparison.rows.length} of ${seeds.length * writePaths.length} runs, interleaved.`)}</p>`,
    '<p>The same shoppers, handlers and flows; what differs is how a write reaches the table. Means over the seeds with 95 % intervals; a zero with the bound of the rule of three.</p>',
    '<div class="charts">',
    ...chartedMeasures.map((name) => comparisonChart(comparison, name)),
    '</div>',
    `<div class="scroll"><table class="paths"><thead><tr>${head.map((cell) => `<th>${escapeText(cell)}</th>`).join('')}<th>formula</th></tr></thead><tbody>`,
    ...[...faults, ...measured].map(rowOf),
    '</tbody></table></div>',
    '<h2>How to repeat it</h2>',
    `<pre>npm run loadtest -- compare ${escapeText(journey)} --seeds ${seeds.length} --seed ${seeds[0] ?? 0}${profile === 'comparison-short' ? ' --short' : ''}</pre>`,
    `<p class="muted">${escapeText(`${machine}; revision ${revision}`)}</p>`,
    '</body></html>',
    '',
  ].join('\n');
};

export const chartedMeasures = [
  'done share',
  'useful capacity',
  'throttled share',
  'requests per write',
  'accept p99, ms',
];
const left = 110;
const rowHeight = 26;
const height = writePaths.length * rowHeight + 24;

const comparisonChart = (comparison: Comparison, name: string): string => {
  const measure = measures.find((each) => each.name === name);
  const words = writePaths.map((path) => `${path} ${intervalText(intervalFor(comparison, path, name))}`);
  return [
    '<figure>',
    `<figcaption><strong>${escapeText(name)}</strong> ${escapeText(measure?.says ?? '')} (${measure?.better ?? 'more'} is better)</figcaption>`,
    `<svg viewBox="0 0 ${chartWidth} ${height}" role="img" aria-label="${escapeText(`${name}: ${words.join(', ')}`)}">`,
    barsOf(comparison, name),
    '</svg>',
    '</figure>',
  ].join('\n');
};

/** One measure for a picture that stands alone. */
export const comparisonBlock = (comparison: Comparison, name: string): Block => {
  const better = measures.find((each) => each.name === name)?.better ?? 'more';
  return { title: `${name} (${better} is better)`, legend: [], height, plot: barsOf(comparison, name) };
};

/** One measure as four bars with their intervals. */
const barsOf = (comparison: Comparison, name: string): string => {
  const bars = writePaths.map((path) => ({ path, interval: intervalFor(comparison, path, name) }));
  const highest = Math.max(0, ...bars.map(({ interval }) => (interval?.mean ?? 0) + (interval?.half ?? 0)));
  const { step, max } = scaleOf(highest, 5);
  const x = (value: number) => Math.round(left + (Math.max(0, value) / max) * (chartWidth - left - 70));
  const ticks = Array.from({ length: Math.round(max / step) + 1 }, (_, index) => index * step);
  return [
    ...ticks.map(
      (tick) =>
        `<line class="grid" x1="${x(tick)}" x2="${x(tick)}" y1="0" y2="${height - 20}"/>` +
        `<text class="tick" x="${x(tick)}" y="${height - 6}" text-anchor="middle">${digits(tick)}</text>`,
    ),
    ...bars.map(({ path, interval }, index) => {
      const y = index * rowHeight + 4;
      const label = `<text class="tick" x="${left - 8}" y="${y + 13}" text-anchor="end">${path}</text>`;
      if (interval === undefined) return `${label}<text class="tick" x="${left + 4}" y="${y + 13}">none</text>`;
      const { mean, half = 0 } = interval;
      const whisker =
        half === 0
          ? ''
          : `<path class="whisker" d="M${x(mean - half)} ${y + 9}H${x(mean + half)}M${x(mean - half)} ${y + 4}v10M${x(mean + half)} ${y + 4}v10"/>`;
      return `${label}<rect class="path${path === 'penstock' ? ' ours' : ''}" x="${left}" y="${y}" width="${Math.max(1, x(mean) - left)}" height="18"/>${whisker}<text class="tick" x="${x(mean + half) + 6}" y="${y + 13}">${digits(mean)}</text>`;
    }),
  ].join('\n');
};
