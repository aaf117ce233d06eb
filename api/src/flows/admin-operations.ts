import type { Clock } from '@penstock/domain/clock';
import type { FieldChange, StaffDeed } from '@penstock/domain/dead-letters';
import { moveCapacitySchema, setSwitchesSchema } from '@penstock/domain/operations';
import type { StaffLog } from '@penstock/platform/activity-log';
import type { CapacityLever } from '@penstock/platform/capacity-lever';
import { errorFields, type Logger } from '@penstock/platform/logger';
import type { OperationsReader } from '@penstock/platform/operations-reader';
import type { SwitchStore } from '@penstock/platform/switches';
import { deedOf } from '#core/staff-deeds';
import type { Routes } from '#http/api';
import type { ApiAnswer, ApiCall } from '#http/api-call';
import { readBody } from '#http/body';
import { staffNameOf } from '#http/guards';
import { fieldProblem, ProblemError } from '#http/problem-error';

export type AdminOperationsDeps = {
  readonly operations: OperationsReader;
  readonly lever: CapacityLever;
  /** Whether this environment lets staff move capacity. */
  readonly canMoveCapacity: boolean;
  readonly switches: SwitchStore;
  readonly log: StaffLog;
  readonly clock: Clock;
  readonly mintId: () => string;
  readonly logger: Logger;
};

/** GET /operations: the meters of the write path, at most a second old. */
const makeShowOperations =
  ({ operations }: AdminOperationsDeps) =>
  async (): Promise<ApiAnswer> => ({ status: 200, body: await operations.read() });

/** PUT /operations/capacity: the write capacity of a table and its indexes, live. Never where Terraform owns it. */
const makeMoveCapacity =
  (deps: AdminOperationsDeps) =>
  async (call: ApiCall, correlationId: string): Promise<ApiAnswer> => {
    if (!deps.canMoveCapacity)
      throw new ProblemError('lever-not-allowed', {
        detail: 'Capacity is moved in dev and in the one-machine cloud alone; here Terraform owns it.',
      });
    const { table, writePerSecond } = readBody(call, moveCapacitySchema);
    const outcome = await deps.lever.set(table, writePerSecond);
    if (outcome === 'on-demand')
      throw fieldProblem('/table', 'This table is on demand: it has no capacity to move.', 'Name another table.');
    if (outcome !== 'done')
      throw new ProblemError('store-busy', {
        detail:
          outcome === 'busy'
            ? 'The table is still being changed. Try again in a moment.'
            : 'AWS allows no more decreases of this table today.',
        retryAfterSeconds: outcome === 'busy' ? 5 : 3600,
      });
    await note(deps, call, correlationId, 'capacity', table, [{ field: 'writePerSecond', to: String(writePerSecond) }]);
    deps.logger.warn('capacity-moved', { correlationId, reason: table, count: writePerSecond });
    return { status: 200, body: { table, writePerSecond } };
  };

/** PUT /operations/switches: takes orders or not, opens the back office or not. Allowed while it is read-only. */
const makeSetSwitches =
  (deps: AdminOperationsDeps) =>
  async (call: ApiCall, correlationId: string): Promise<ApiAnswer> => {
    const change = readBody(call, setSwitchesSchema);
    const switches = await deps.switches.set(change, staffNameOf(call));
    const changes = Object.entries(change).map(([field, to]) => ({ field, to: String(to) }));
    await note(deps, call, correlationId, 'switches', undefined, changes);
    deps.logger.warn('switched', { correlationId, reason: JSON.stringify(change) });
    return { status: 200, body: switches };
  };

/** It is done whatever happens now: an entry that cannot be written is told to the log alone. */
const note = async (
  { log, clock, mintId, logger }: AdminOperationsDeps,
  call: ApiCall,
  correlationId: string,
  kind: StaffDeed,
  about: string | undefined,
  changes: readonly FieldChange[],
): Promise<void> => {
  const doing = { id: mintId(), at: new Date(clock.now()).toISOString(), staffName: staffNameOf(call), correlationId };
  await log.note(deedOf(kind, about, changes, doing)).catch((error: unknown) => {
    logger.error('staff-act-not-noted', { correlationId, reason: kind, ...errorFields(error) });
  });
};

/** The calls of the function admin-operations, by route. */
export const adminOperationsRoutes = (deps: AdminOperationsDeps): Routes => ({
  'GET /operations': makeShowOperations(deps),
  'PUT /operations/capacity': makeMoveCapacity(deps),
  'PUT /operations/switches': makeSetSwitches(deps),
});
