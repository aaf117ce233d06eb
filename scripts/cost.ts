/**
 * What an environment costs, computed from topology.json and list prices with every sum shown. Usage: npm run cost, which
 * prints the tables of docs/operations.md; cost.test.ts holds the page to them. List prices of us-east-1 in US dollars without
 * free tiers; other regions are up to a fifth dearer. Check them before you promise anything.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** US dollars a unit. */
const price = {
  wcuHour: 0.00065,
  rcuHour: 0.00013,
  alarm: 0.1,
  metric: 0.3,
  dashboard: 3,
  wafList: 5,
  wafRule: 1,
  perMillion: {
    httpApi: 1,
    edgeRequest: 1,
    edgeFunction: 0.1,
    lambdaRequest: 0.2,
    sqs: 0.4,
    sqsFifo: 0.5,
    socketMessage: 1,
    writeUnit: 0.625,
    readUnit: 0.125,
  },
  lambdaGbSecond: 0.0000133334,
  logGb: 0.5,
} as const;

const hoursAMonth = 730;
/** Counted in an applied state: 74 alarms, 12 metric filters (each one custom metric once it has data), one dashboard. */
const watching = { alarms: 74, metrics: 12 };

/** Rules of terraform/modules/waf: the exception, three limits, two lists of AWS. */
const wafRules = 6;

type Units = { readonly write: number; readonly read: number };
type Topology = {
  readonly tables: Readonly<
    Record<string, { readonly indexes: object; readonly capacity: Readonly<Record<string, Units | 'on-demand'>> }>
  >;
};

export type Row = { readonly what: string; readonly sum: string; readonly usd: number };

/** What an environment costs a month while nobody comes. */
export const atRest = (topology: Topology, environment: 'dev' | 'staging' | 'prod'): readonly Row[] => {
  const fixed = Object.entries(topology.tables).flatMap(([name, { indexes, capacity }]) => {
    const units = capacity[environment];
    return units === undefined || units === 'on-demand'
      ? []
      : [{ name, shares: 1 + Object.keys(indexes).length, ...units }];
  });
  return [
    // An index has its table's capacity, or it would throttle the table (terraform/modules/table).
    ...fixed.map(({ name, shares, write, read }) => ({
      what: `table ${name} and ${shares - 1} indexes`,
      sum: `${shares} x (${write} WCU x ${price.wcuHour} + ${read} RCU x ${price.rcuHour}) x ${hoursAMonth} h`,
      usd: shares * (write * price.wcuHour + read * price.rcuHour) * hoursAMonth,
    })),
    { what: 'alarms', sum: `${watching.alarms} x ${price.alarm}`, usd: watching.alarms * price.alarm },
    { what: 'metrics of our own', sum: `${watching.metrics} x ${price.metric}`, usd: watching.metrics * price.metric },
    { what: 'dashboard', sum: `1 x ${price.dashboard}`, usd: price.dashboard },
    ...(environment === 'prod'
      ? [
          {
            what: 'firewall of the shop',
            sum: `1 list x ${price.wafList} + ${wafRules} rules x ${price.wafRule}`,
            usd: price.wafList + wafRules * price.wafRule,
          },
        ]
      : []),
  ];
};

/** What one of each thing uses; the units come from the rules of docs/data.md and the loads of a usual run. */
const orderUses: readonly (readonly [string, number, keyof typeof price.perMillion])[] = [
  ['calls through the edge: 1 order, 3 looks at it', 4, 'edgeRequest'],
  ['viewer function of each call', 4, 'edgeFunction'],
  ['calls of the HTTP API', 4, 'httpApi'],
  ['function calls: 4 of the API, workers and broadcast in batches', 5, 'lambdaRequest'],
  ['queue calls: sent alone, taken and deleted in tens', 1.2, 'sqs'],
  ['write units: 4.4 of the tables, 4 of the indexes', 8.4, 'writeUnit'],
  ['read units: stored already?, stock', 4, 'readUnit'],
  ['frames: the order twice, its products', 4, 'socketMessage'],
  ['its basket emptied: queue calls of two lines', 2.4, 'sqsFifo'],
  ['its basket emptied: both lines in one write', 1, 'writeUnit'],
  ['its basket emptied: a frame', 1, 'socketMessage'],
];

const basketUses: readonly (readonly [string, number, keyof typeof price.perMillion])[] = [
  ['calls through the edge', 1, 'edgeRequest'],
  ['viewer function', 1, 'edgeFunction'],
  ['call of the HTTP API', 1, 'httpApi'],
  ['function calls: the API, workers in batches', 1.2, 'lambdaRequest'],
  ['queue calls: sent alone, taken and deleted in tens', 1.2, 'sqsFifo'],
  ['write units: five ops a write', 0.2, 'writeUnit'],
  ['frames: one a write', 0.2, 'socketMessage'],
];

/** Computing and logs of a call: 256 MB for 25 ms, 0.7 KB of log a hop. */
const callSeconds = 0.025;
const callGb = 0.25;
const logKb = 0.7;

/** What a million of something costs, over what is paid at rest. Writes are at the on-demand price, the dearer of the two. */
export const perMillion = (kind: 'orders' | 'basket ops'): readonly Row[] => {
  const uses = kind === 'orders' ? orderUses : basketUses;
  const calls = kind === 'orders' ? 5 : 1.2;
  return [
    ...uses.map(([what, units, unit]) => ({
      what,
      sum: `${units} x ${price.perMillion[unit]}`,
      usd: units * price.perMillion[unit],
    })),
    {
      what: 'computing',
      sum: `${calls} M x ${callGb} GB x ${callSeconds} s x ${price.lambdaGbSecond}`,
      usd: calls * 1e6 * callGb * callSeconds * price.lambdaGbSecond,
    },
    {
      what: 'logs',
      sum: `${calls} M x ${logKb} KB x ${price.logGb} a GB`,
      usd: ((calls * 1e6 * logKb) / 1e6) * price.logGb,
    },
  ];
};

export const total = (rows: readonly Row[]): number => rows.reduce((sum, { usd }) => sum + usd, 0);

/** Rows as a table of a page. */
export const asTable = (rows: readonly Row[]): string =>
  [
    '| what | sum | US$ |',
    '|---|---|---|',
    ...rows.map(({ what, sum, usd }) => `| ${what} | ${sum} | ${usd.toFixed(2)} |`),
    `| **together** | | **${total(rows).toFixed(2)}** |`,
  ].join('\n');

export const readTopology = (): Topology =>
  JSON.parse(readFileSync(fileURLToPath(new URL('../topology.json', import.meta.url)), 'utf8')) as Topology;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const environment of ['dev', 'staging', 'prod'] as const)
    console.log(`${environment}, a month at rest\n\n${asTable(atRest(readTopology(), environment))}\n`);
  for (const kind of ['orders', 'basket ops'] as const)
    console.log(`a million ${kind}\n\n${asTable(perMillion(kind))}\n`);
}
