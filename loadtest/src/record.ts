import type { WritePath } from '@penstock/platform/settings';
import type { Plan } from '#plan';

/** One look at the meters, once a second. Counts rise from the start of the run. */
export type Sample = {
  readonly atMs: number;
  /** Share of the machine's processors that was busy since the sample before. */
  readonly cpu: number;
  readonly tables: Readonly<Record<string, TableSample>>;
  readonly queues: Readonly<Record<string, QueueSample>>;
  readonly opsPerWrite: number;
  readonly ordersPerCommit: number;
};
export type TableSample = {
  /** WCU/s provisioned. */
  readonly capacity: number;
  readonly requests: number;
  readonly throttled: number;
  readonly useful: number;
  readonly failed: number;
  readonly cancelled: number;
  /** Write units of its indexes, reported beside the table's own. */
  readonly indexUnits: number;
};
type QueueSample = { readonly waiting: number; readonly oldestAgeMs: number; readonly deadLetters: number };

/** How a run went, beside what k6 wrote and what is stored: with these three an audit needs no cloud. */
export type RunRecord = {
  readonly schema: 1;
  readonly plan: Plan;
  readonly capacity: number;
  /** Seconds of unused capacity that burst. */
  readonly burstSeconds: number;
  readonly writePath: WritePath;
  /** The host of a deployment that was loaded; undefined: a cloud of the run's own. */
  readonly target?: string;
  readonly startedAt: string;
  /** When the load began, when it ended, and when everything was drained (undefined: not within the bound). Ms since 1970. */
  readonly loadFromMs: number;
  readonly loadToMs: number;
  readonly drainedMs: number | undefined;
  readonly interrupted: boolean;
  readonly k6: {
    readonly exitCode: number;
    readonly iterations: number;
    readonly dropped: number;
    readonly version: string;
  };
  readonly machine: { readonly cpus: number; readonly model: string; readonly memoryMb: number; readonly node: string };
  readonly revision: string;
  /** Ids of accepted orders without a row of which GET says `held`. */
  readonly held: readonly string[];
};
