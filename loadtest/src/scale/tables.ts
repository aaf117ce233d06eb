import { alternatives, costOfMillion, totalOf } from '#scale/cost';
import { broken, firstToBreak, type Limit, limitsOf } from '#scale/limits';
import { asSet, type Load, oneTimes, type Path, times } from '#scale/load';
import { pricesAsOf } from '#scale/prices';
import { simulate } from '#scale/simulate';

/** The tables of docs/scale.md, from the model: the page holds them as they are printed, and a test compares. */
const factors = [1, 100, 10_000];
/** A minute of five times the load, ten minutes of looking. */
const spike = { fromSecond: 60, seconds: 60, times: 5 };
const watched = 3600;

const number = (value: number): string => {
  if (!Number.isFinite(value)) return 'any';
  const rounded = value >= 100 ? Math.round(value) : Number(value.toPrecision(3));
  return rounded.toLocaleString('en-GB', { maximumFractionDigits: 6 });
};
const dollars = (value: number): string => `$${value.toFixed(2)}`;
const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const head = (...cells: readonly string[]): readonly string[] => [
  row(...cells),
  `|${cells.map(() => ' --- ').join('|')}|`,
];

/** Tables for the mean with a tenth to spare, and a gateway for the peak: what a load asks of settings and quotas. */
const sized = (load: Load): Path => {
  const needed = (prefix: string): number =>
    Math.max(
      ...limitsOf(load, asSet)
        .filter(({ name }) => name.startsWith(prefix))
        .map((limit) => limit.needed),
    );
  return {
    ...asSet,
    tableUnits: Math.max(asSet.tableUnits, Math.ceil((needed('write units of the table') * 1.1) / 100) * 100),
    gatewayCalls: Math.max(asSet.gatewayCalls, Math.ceil((needed('calls') * spike.times) / 10_000) * 10_000),
  };
};

const limitsTable = (): string =>
  [
    ...head('limit', 'there is', ...factors.map((factor) => `needed at ${number(factor)}x`), 'what moves it'),
    ...limitsOf(oneTimes, asSet).map(({ name, limit, unit, moves }, index) =>
      row(
        name,
        `${number(limit)} ${unit}`,
        ...factors.map((factor) => {
          const at = limitsOf(times(factor), asSet)[index];
          const needed = at?.needed ?? 0;
          return needed > limit ? `**${number(needed)}**` : number(needed);
        }),
        moves,
      ),
    ),
  ].join('\n');

const breakTable = (): string =>
  [
    ...head('load', 'orders/s', 'breaks first', 'settings', 'quotas to be raised', 'keys: the design itself'),
    ...factors.map((factor) => {
      const limits = limitsOf(times(factor), asSet);
      const over = broken(limits);
      const { first, room } = firstToBreak(limits);
      const say = (kind: Limit['kind']) =>
        over
          .filter((limit) => limit.kind === kind)
          .map(({ name, needed, limit }) => `${name} x ${number(needed / limit)}`)
          .join('; ') || 'none';
      return row(
        `${number(factor)}x`,
        number(times(factor).ordersPerSecond),
        `${first?.name ?? 'nothing'}, at ${number(room)} times this load`,
        say('setting'),
        say('quota'),
        say('key'),
      );
    }),
  ].join('\n');

const spikeTable = (): string =>
  [
    ...head(
      'load',
      'tables',
      'refused by the gateway',
      'orders waiting at most',
      'longest wait of an order',
      'of an edit',
      'empty again after',
    ),
    ...factors.flatMap((factor) => {
      const load = times(factor);
      return [asSet, sized(load)]
        .filter((path, index) => index === 0 || path.tableUnits !== asSet.tableUnits)
        .map((path) => {
          const { refusedShare, ordersWaitingMax, orderWaitMax, editWaitMax, drainSeconds } = simulate(
            load,
            path,
            spike,
            watched,
          );
          return row(
            `${number(factor)}x`,
            `${number(path.tableUnits)} WCU/s, ${number(path.gatewayCalls)} calls/s`,
            `${number(refusedShare * 100)} %`,
            number(ordersWaitingMax),
            `${number(orderWaitMax)} s`,
            `${number(editWaitMax)} s`,
            drainSeconds === undefined ? 'not within an hour' : `${number(drainSeconds)} s`,
          );
        });
    }),
  ].join('\n');

const costTable = (): string => {
  const names = Object.keys(costOfMillion(oneTimes, asSet)) as (keyof ReturnType<typeof costOfMillion>)[];
  const usual = totalOf(costOfMillion(oneTimes, asSet));
  return [
    ...head('a million orders with nine edits each', ...names, 'all', 'against as set'),
    ...alternatives.map(({ says, change, load = {} }) => {
      const cost = costOfMillion({ ...oneTimes, ...load }, { ...asSet, ...change });
      const all = totalOf(cost);
      const moved = Math.round((all / usual - 1) * 100);
      return row(
        says,
        ...names.map((name) => dollars(cost[name])),
        dollars(all),
        moved === 0 ? '' : `${moved > 0 ? '+' : ''}${moved} %`,
      );
    }),
  ].join('\n');
};

export const scaleTables = (): string =>
  [
    '## What is needed and what there is',
    limitsTable(),
    '## What breaks first',
    breakTable(),
    '## A minute of five times the load',
    spikeTable(),
    `## What a million orders cost (${pricesAsOf})`,
    costTable(),
  ].join('\n\n');
