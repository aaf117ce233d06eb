import { type WritePath, writePaths } from '@penstock/platform/settings';
import { faults, isCorrect } from '#audit/audit';
import { type Interval, intervalOf, intervalText } from '#compare/intervals';
import { measures, type Row } from '#compare/row';
import { faultWords } from '#verdict';

/** comparison.json: what was asked for, every run, nothing derived. */
export type Comparison = {
  readonly schema: 1;
  readonly journey: string;
  readonly profile: string;
  readonly seeds: readonly number[];
  readonly revision: string;
  readonly machine: string;
  readonly rows: readonly Row[];
};

const isComplete = ({ seeds, rows }: Comparison): boolean => rows.length === seeds.length * writePaths.length;

/** Above this the machine binds, and times prove nothing (design, section 9). */
const cpuMax = 0.7;

export type ComparisonVerdict = 'reached' | 'incorrect' | 'inconclusive';

/** What the exit code says: Penstock must be correct in every run, and its runs must count; the others may be what they are. */
export const verdictOf = (comparison: Comparison): ComparisonVerdict => {
  const ours = comparison.rows.filter(({ writePath }) => writePath === 'penstock');
  if (ours.some(({ counts }) => !isCorrect(counts))) return 'incorrect';
  if (!isComplete(comparison)) return 'inconclusive';
  return ours.some(({ unfinished, dropped, cpu }) => unfinished > 0 || dropped > 0 || cpu >= cpuMax)
    ? 'inconclusive'
    : 'reached';
};

/** One measure of one path over its seeds. */
export const intervalFor = ({ rows }: Comparison, writePath: WritePath, name: string): Interval | undefined =>
  intervalOf(
    rows.flatMap((row) => {
      const value = row.writePath === writePath ? row.values[name] : undefined;
      return value === undefined ? [] : [value];
    }),
  );

type Cells = readonly [name: string, ...values: readonly string[]];
export type ComparisonTable = {
  readonly head: Cells;
  readonly faults: readonly Cells[];
  readonly measures: readonly Cells[];
};

/** The table of the design's section 9, path by path: faults with their bound, then each measure with its interval. */
export const tableOf = (comparison: Comparison): ComparisonTable => {
  const sum = (path: WritePath, count: (row: Row) => number): number =>
    comparison.rows.filter(({ writePath }) => writePath === path).reduce((total, row) => total + count(row), 0);
  const cells = (name: string, cell: (path: WritePath) => string): Cells => [name, ...writePaths.map(cell)];
  return {
    head: ['', ...writePaths],
    faults: [
      cells('accepted, all seeds', (path) => String(sum(path, ({ counts }) => counts.accepted))),
      ...faults.map((fault) =>
        cells(faultWords[fault], (path) =>
          zeroText(
            sum(path, ({ counts }) => counts[fault]),
            sum(path, ({ counts }) => counts.accepted),
          ),
        ),
      ),
      cells('not finished in time', (path) => String(sum(path, ({ unfinished }) => unfinished))),
      cells('arrivals dropped', (path) => String(sum(path, ({ dropped }) => dropped))),
    ],
    measures: measures.map(({ name }) => cells(name, (path) => intervalText(intervalFor(comparison, path, name)))),
  };
};

/** Zero of N with its bound: with 95 % confidence the true share lies below 3/N (rule of three). */
const zeroText = (count: number, accepted: number): string =>
  count > 0 || accepted === 0 ? String(count) : `0 (< ${(3 / accepted).toExponential(1)})`;

/** For a terminal: columns of one width each. */
export const comparisonText = (comparison: Comparison): string => {
  const { head, faults: faultRows, measures: measured } = tableOf(comparison);
  const rows = [head, ...faultRows, ...measured];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lineOf = (row: Cells) =>
    `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')}`;
  const runs = comparison.rows.length;
  return [
    '',
    `${comparison.journey}, ${comparison.profile}, seeds ${comparison.seeds.join(', ')}: ${runs} of ${comparison.seeds.length * writePaths.length} runs.`,
    'Means over the seeds with 95 % intervals; a zero with the bound of the rule of three.',
    ...rows.map(lineOf),
  ].join('\n');
};

/** For the README and docs. */
export const comparisonMarkdown = (comparison: Comparison): string => {
  const { head, faults: faultRows, measures: measured } = tableOf(comparison);
  const lineOf = (row: Cells) => `| ${row.join(' | ')} |`;
  return [
    lineOf(head),
    `|${head.map((_, column) => (column === 0 ? ' --- ' : ' --: ')).join('|')}|`,
    ...[...faultRows, ...measured].map(lineOf),
    '',
  ].join('\n');
};
