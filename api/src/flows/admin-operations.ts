import { moveCapacitySchema, setSwitchesSchema } from '@penstock/domain/operations';
import type { CapacityLever } from '@penstock/platform/capacity-lever';
import type { Logger } from '@penstock/platform/logger';
import type { OperationsReader } from '@penstock/platform/operations-reader';
import type { SwitchStore } from '@penstock/platform/switches';
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
    deps.logger.warn('capacity-moved', { correlationId, reason: table, count: writePerSecond });
    return { status: 200, body: { table, writePerSecond } };
  };

/** PUT /operations/switches: takes orders or not, opens the back office or not. Allowed while it is read-only. */
const makeSetSwitches =
  (deps: AdminOperationsDeps) =>
  async (call: ApiCall, correlationId: string): Promise<ApiAnswer> => {
    const change = readBody(call, setSwitchesSchema);
    const switches = await deps.switches.set(change, staffNameOf(call));
    deps.logger.warn('switched', { correlationId, reason: JSON.stringify(change) });
    return { status: 200, body: switches };
  };

/** The calls of the function admin-operations, by route. */
export const adminOperationsRoutes = (deps: AdminOperationsDeps): Routes => ({
  'GET /operations': makeShowOperations(deps),
  'PUT /operations/capacity': makeMoveCapacity(deps),
  'PUT /operations/switches': makeSetSwitches(deps),
});
