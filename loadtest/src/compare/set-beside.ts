import { digits } from '#compare/intervals';
import type { Result } from '#result';

/** Two results line by line: counts, bars and figures, and by how much the second differs. */
export const setBeside = (one: Result, two: Result): string => {
  const rows: (readonly [string, number | undefined, number | undefined])[] = [
    ...Object.entries(one.counts).map(
      ([name, value]) => [name, value, two.counts[name as keyof Result['counts']]] as const,
    ),
    ...namesOf(barsOf(one), barsOf(two)).map((name) => [name, barsOf(one)[name], barsOf(two)[name]] as const),
    ...namesOf(one.figures, two.figures).map((name) => [name, one.figures[name], two.figures[name]] as const),
  ];
  const widths = [Math.max(...rows.map(([name]) => name.length)), 12, 12];
  const lineOf = (name: string, left: string, right: string, change: string) =>
    `  ${name.padEnd(widths[0] ?? 0)}  ${left.padStart(12)}  ${right.padStart(12)}  ${change}`;
  return [
    '',
    ...differences(one, two).map((text) => `Not the same run: ${text}.`),
    lineOf('', one.verdict, two.verdict, ''),
    ...rows.map(([name, left, right]) => lineOf(name, text(left), text(right), changeOf(left, right))),
  ].join('\n');
};

const barsOf = ({ bars }: Result): Readonly<Record<string, number>> =>
  Object.fromEntries(bars.map(({ name, value }) => [name, value]));
const namesOf = (...records: readonly Readonly<Record<string, number>>[]): readonly string[] => [
  ...new Set(records.flatMap(Object.keys)),
];
const text = (value: number | undefined): string => (value === undefined ? '-' : digits(value));

const changeOf = (left: number | undefined, right: number | undefined): string => {
  if (left === undefined || right === undefined || left === right) return '';
  if (left === 0) return right > 0 ? 'more' : 'less';
  const percent = ((right - left) / Math.abs(left)) * 100;
  return `${percent > 0 ? '+' : ''}${digits(percent)} %`;
};

const differences = (one: Result, two: Result): readonly string[] =>
  (['journey', 'profile', 'seed'] as const)
    .filter((name) => one[name] !== two[name])
    .map((name) => `${name} ${one[name]} and ${two[name]}`);
