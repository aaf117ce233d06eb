import { type Chart, chartWidth, drawPlot, escapeText } from '#report/chart';
import { pictureColours, pictureStyle } from '#report/style';

/** Room above each plot for its title and legend, and around the whole. */
const captionHeight = 44;
const margin = 20;

/** A plot with what is written above it. */
export type Block = {
  readonly title: string;
  readonly legend: readonly string[];
  readonly height: number;
  readonly plot: string;
};

export const blockOf = (chart: Chart): Block => ({
  title: chart.title,
  legend: chart.series.length < 2 ? [] : chart.series.map(({ name }) => name),
  height: chart.height,
  plot: drawPlot(chart),
});

/** Plots below each other as one picture that stands alone: its own ground, colours and words, for a README or a slide. */
export const drawPicture = (charts: readonly Block[], theme: 'light' | 'dark' = 'light'): string => {
  const offsets = charts.map((_, index) =>
    charts.slice(0, index).reduce((sum, { height }) => sum + height + captionHeight, margin),
  );
  const height = charts.reduce((sum, chart) => sum + chart.height + captionHeight, margin * 2);
  const width = chartWidth + margin * 2;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${charts.map(({ title }) => escapeText(title)).join('; ')}</title>`,
    `<style>${pictureStyle(theme)}</style>`,
    `<rect width="${width}" height="${height}" fill="${pictureColours[theme].card}"/>`,
    ...charts.map(
      (chart, index) =>
        `<g transform="translate(${margin} ${offsets[index] ?? 0})">` +
        `<text class="title" y="14">${escapeText(chart.title)}</text>${legendOf(chart)}` +
        `<g transform="translate(0 ${captionHeight - 6})">${chart.plot}</g></g>`,
    ),
    '</svg>',
    '',
  ].join('\n');
};

/** Names beside a piece of their line, about as far apart as they are long. */
const legendOf = ({ legend }: Block): string => {
  let x = 0;
  return legend
    .map((name, index) => {
      const at = x;
      x += 46 + name.length * 7;
      return `<line class="line line-${index}" x1="${at}" x2="${at + 24}" y1="28" y2="28"/><text class="tick" x="${at + 30}" y="32">${escapeText(name)}</text>`;
    })
    .join('');
};
