import { faults } from '#audit/audit';
import { journeys } from '#journeys';
import { profiles } from '#profiles';
import type { Receipt } from '#receipts';
import type { RunRecord, Sample } from '#record';
import { type Chart, drawChart, escapeText } from '#report/chart';
import { acceptSeries, flowSeries, queueSeries, throttleSeries, unitSeries } from '#report/series';
import { style } from '#report/style';
import type { Result } from '#result';
import { boundOf, faultWords, sentences } from '#verdict';

/** The whole report as one file: no script, no font, nothing fetched. */
export const reportPage = (
  result: Result,
  record: RunRecord,
  receipts: readonly Receipt[],
  samples: readonly Sample[],
): string => {
  const { journey, profile } = result;
  const title = `${journey}, ${profile}`;
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeText(title)} - Penstock load test</title><style>${style}</style></head><body>`,
    `<h1>${escapeText(title)}</h1>`,
    `<p class="muted">${escapeText(`${journeys[record.plan.journey].says}; ${profiles[record.plan.profile].says}`)}</p>`,
    `<p class="verdict ${result.verdict === 'reached' ? 'good' : 'bad'}">${escapeText(sentences[result.verdict])}</p>`,
    ...result.invalidBecause.map((reason) => `<p class="bad">Does not count: ${escapeText(reason)}.</p>`),
    ...(record.target === undefined
      ? []
      : [
          `<p class="muted">${escapeText(record.target)} was looked at from outside: stock, refusals and what pages knew are not judged, and its meters are not drawn.</p>`,
        ]),
    counts(result),
    '<h2>What happened</h2>',
    ...chartsOf(record, receipts, samples).map(drawChart),
    '<h2>Bars</h2>',
    bars(result),
    findings(result),
    '<h2>Figures</h2>',
    table(Object.entries(result.figures)),
    '<h2>How to repeat it</h2>',
    `<pre>npm run loadtest -- ${escapeText(repeatOf(record))}</pre>`,
    table([
      ['begun', record.startedAt],
      ['revision', record.revision],
      ['machine', `${record.machine.cpus} x ${record.machine.model}, ${record.machine.memoryMb} MB`],
      ['versions', `Node ${record.machine.node}, k6 ${record.k6.version}`],
      ['write units a second of each table', record.capacity],
      ['seconds of unused capacity that burst', record.burstSeconds],
      [
        'faults asked for',
        record.target === undefined
          ? JSON.stringify(profiles[record.plan.profile].faults ?? 'none')
          : 'none: a deployment',
      ],
    ]),
    '</body></html>',
    '',
  ].join('\n');
};

/** The arguments that repeat a run: what the profile says by itself is left out. */
const repeatOf = ({
  plan: { journey, profile, seed, shopApiUrl },
  capacity,
  burstSeconds,
  writePath,
  target,
}: RunRecord): string =>
  [
    `${journey} ${profile} --seed ${seed}`,
    ...(capacity === profiles[profile].capacity ? [] : [`--capacity ${capacity}`]),
    ...(burstSeconds === 0 ? [] : [`--burst ${burstSeconds}`]),
    ...(writePath === 'penstock' ? [] : [`--write-path ${writePath}`]),
    ...(target === undefined ? [] : [`--target ${shopApiUrl} --confirm ${target.replace(/:\d+$/, '')}`]),
  ].join(' ');

/** The charts of a run, in the order of the page. */
export const chartsOf = (
  record: RunRecord,
  receipts: readonly Receipt[],
  samples: readonly Sample[],
): readonly Chart[] => {
  const { table } = journeys[record.plan.journey];
  const endMs = Math.max(record.loadToMs, samples.at(-1)?.atMs ?? 0);
  const steps = [
    ...record.plan.steps,
    { name: 'drain', startSecond: (record.loadToMs - record.loadFromMs) / 1000 },
  ].map(({ name, startSecond }) => ({ name, startSecond }));
  const shared = { seconds: (endMs - record.loadFromMs) / 1000, steps, kind: 'lines', height: 240 } as const;
  return [
    {
      ...shared,
      title: 'Offered, accepted, applied.',
      says: 'Applied is accepted less what waits more than before; the queue is the distance between them.',
      unit: 'writes/s',
      series: flowSeries(record, receipts, samples),
    },
    {
      ...shared,
      title: `Consumed against provisioned, table ${table}.`,
      says: 'Without its indexes.',
      unit: 'write units/s',
      series: unitSeries(record, samples, table),
    },
    {
      ...shared,
      kind: 'bars',
      height: 110,
      title: 'Throttled requests.',
      says: 'To the same table, at the same times.',
      unit: 'requests/s',
      series: throttleSeries(record, samples, table),
    },
    {
      ...shared,
      title: 'Queue depth.',
      says: 'Visible, in flight and delayed.',
      unit: 'messages',
      series: queueSeries(record, samples, 'waiting'),
    },
    {
      ...shared,
      title: 'Oldest message.',
      says: 'How long it has waited.',
      unit: 'seconds',
      series: queueSeries(record, samples, 'oldestAgeSeconds'),
    },
    {
      ...shared,
      title: 'Time to accept.',
      says: 'Of writes answered 202.',
      unit: 'ms',
      series: acceptSeries(record, receipts, samples),
    },
  ];
};

const counts = ({ counts: count }: Result): string => {
  const entries: readonly (readonly [string, number])[] = [
    ['accepted', count.accepted],
    ['placed', count.placed],
    ['refused', count.rejected],
    ['held', count.held],
    ...faults.map((fault) => [faultWords[fault], count[fault]] as const),
  ];
  return `<dl class="counts">${entries
    .map(([name, value], index) => {
      const isFault = index > 3 && value > 0;
      return `<div><dt>${escapeText(name)}</dt><dd${isFault ? ' class="bad"' : ''}>${value}</dd></div>`;
    })
    .join('')}</dl><p class="muted">${
    count.lost === 0 && count.accepted > 0
      ? `Zero of ${count.accepted} lost${escapeText(boundOf(count.accepted))}.`
      : ''
  }</p>`;
};

const bars = ({ bars: judged }: Result): string =>
  `<div class="scroll"><table><thead><tr><th>name</th><th>measured</th><th>bar</th><th></th><th>formula</th></tr></thead><tbody>${judged
    .map(
      ({ name, says, value, bar, reached }) =>
        `<tr><td>${escapeText(name)}</td><td class="number">${value}</td><td class="number">${bar}</td><td class="${reached ? 'good' : 'bad'}">${reached ? 'reached' : 'missed'}</td><td class="muted">${escapeText(says)}</td></tr>`,
    )
    .join('')}</tbody></table></div>`;

const findings = ({ findings: found }: Result): string => {
  const all = faults.flatMap((fault) => found[fault].map(({ says }) => `${faultWords[fault]}: ${says}`));
  return all.length === 0
    ? ''
    : `<h2>What is wrong</h2><ul>${all.map((says) => `<li class="bad">${escapeText(says)}</li>`).join('')}</ul>`;
};

const table = (rows: readonly (readonly [string, string | number])[]): string =>
  `<div class="scroll"><table><tbody>${rows
    .map(([name, value]) => `<tr><th scope="row">${escapeText(name)}</th><td>${escapeText(String(value))}</td></tr>`)
    .join('')}</tbody></table></div>`;
