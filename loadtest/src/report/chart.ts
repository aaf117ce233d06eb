import type { Series } from '#report/series';

/** A chart as text: SVG that reads its colours from the page, in light, dark and print. */
export type Chart = {
  readonly title: string;
  readonly says: string;
  readonly unit: string;
  readonly series: readonly Series[];
  readonly seconds: number;
  /** Where steps begin, drawn as thin lines with their names. */
  readonly steps: readonly { readonly name: string; readonly startSecond: number }[];
  readonly kind: 'lines' | 'bars';
  readonly height: number;
};

export const chartWidth = 760;
const left = 52;
const right = 8;
const top = 22;
const bottom = 24;
const plotWidth = chartWidth - left - right;

export const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A chart with its caption and legend, for a page. */
export const drawChart = (chart: Chart): string =>
  [
    '<figure>',
    `<figcaption><strong>${escapeText(chart.title)}</strong> ${escapeText(chart.says)}${legend(chart.series)}</figcaption>`,
    `<svg viewBox="0 0 ${chartWidth} ${chart.height}" role="img" aria-label="${escapeText(`${chart.title}: ${summary(chart.series, chart.unit)}`)}">`,
    drawPlot(chart),
    '</svg>',
    '</figure>',
  ].join('\n');

/** The inside of a chart: `chartWidth` wide and as high as the chart says. */
export const drawPlot = ({ unit, series, seconds, steps, kind, height }: Chart): string => {
  const plotHeight = height - top - bottom;
  const highest = Math.max(0, ...series.flatMap(({ points }) => points.map(([, value]) => value)));
  const { step, max } = scaleOf(highest, height < 150 ? 2 : 4);
  const x = (second: number) => round(left + (Math.max(0, second) / Math.max(1, seconds)) * plotWidth);
  const y = (value: number) => round(top + plotHeight - (value / max) * plotHeight);
  const ticks = Array.from({ length: Math.round(max / step) + 1 }, (_, index) => index * step);
  return [
    ...ticks.map(
      (tick) =>
        `<line class="grid" x1="${left}" x2="${chartWidth - right}" y1="${y(tick)}" y2="${y(tick)}"/>` +
        `<text class="tick" x="${left - 6}" y="${y(tick) + 4}" text-anchor="end">${shorten(tick)}</text>`,
    ),
    `<text class="tick" x="${left}" y="12">${escapeText(unit)}</text>`,
    ...secondTicks(seconds).map(
      (second) => `<text class="tick" x="${x(second)}" y="${height - 6}" text-anchor="middle">${second} s</text>`,
    ),
    ...steps.map(
      ({ name, startSecond }, index) =>
        `<line class="step" x1="${x(startSecond)}" x2="${x(startSecond)}" y1="${top}" y2="${top + plotHeight}"/>` +
        `<text class="step-name" x="${x(startSecond) + 4}" y="${top + 11 + (index % 2) * 12}">${escapeText(name)}</text>`,
    ),
    ...series.map(({ points }, index) =>
      kind === 'lines'
        ? `<polyline class="line line-${series.length === 1 ? 1 : index}" points="${points.map(([second, value]) => `${x(second)},${y(value)}`).join(' ')}"/>`
        : points
            .filter(([, value]) => value > 0)
            .map(
              ([second, value]) =>
                `<rect class="bar" x="${x(second) - 2}" width="4" y="${y(value)}" height="${round(top + plotHeight - y(value))}"/>`,
            )
            .join(''),
    ),
  ].join('\n');
};

const legend = (series: readonly Series[]): string =>
  series.length < 2
    ? ''
    : `<span class="legend">${series
        .map(
          ({ name }, index) =>
            `<span><svg viewBox="0 0 24 8" aria-hidden="true"><line class="line line-${index}" x1="0" x2="24" y1="4" y2="4"/></svg>${escapeText(name)}</span>`,
        )
        .join('')}</span>`;

/** What a screen reader says of a chart: the highest of each line. */
const summary = (series: readonly Series[], unit: string): string =>
  series
    .map(({ name, points }) => `${name} at most ${shorten(Math.max(0, ...points.map(([, value]) => value)))} ${unit}`)
    .join(', ');

/** A round step (1, 2 or 5 times a power of ten) of which about `count` reach over the highest value. */
export const scaleOf = (highest: number, count: number): { readonly step: number; readonly max: number } => {
  if (highest <= 0) return { step: 1, max: 1 };
  const rough = highest / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10) * power;
  return { step, max: Math.ceil(highest / step) * step };
};

const secondTicks = (seconds: number): readonly number[] => {
  const { step } = scaleOf(seconds, 6);
  return Array.from({ length: Math.floor(seconds / step) + 1 }, (_, index) => Math.round(index * step)).filter(
    (second) => second < seconds * 0.97,
  );
};

const round = (value: number): number => Math.round(value * 10) / 10;
const shorten = (value: number): string => String(Math.round(value * 100) / 100);
