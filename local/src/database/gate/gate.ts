import type { Clock } from '@penstock/domain/clock';
import * as z from 'zod';
import { admit, targetsOf } from '#database/gate/admission';
import { addUnprocessed, withholdTables } from '#database/gate/batches';
import { type GateCall, readStreamCall, readTableCall } from '#database/gate/call';
import { chargesOf, stripConsumed } from '#database/gate/consumed';
import type { GateFaults } from '#database/gate/gate-faults';
import { type Json, parseObject } from '#database/gate/json';
import type { Meters } from '#database/gate/meters';
import { makeOverlaps } from '#database/gate/overlap';
import { passOther, passStream } from '#database/gate/pass-through';
import {
  type Answer,
  accessDenied,
  cancelledByConflict,
  conflicted,
  inProgress,
  internalError,
  invalid,
  notJson,
  unavailable,
  unknownOperation,
  unsigned,
} from '#database/gate/refusals';
import {
  askForRefusedItems,
  chargeOfFailed,
  chargesOfCancelled,
  stripRefusedItems,
} from '#database/gate/refused-writes';
import { tableOfIterator } from '#database/gate/shard-iterators';
import type { StaleReads } from '#database/gate/stale-reads';
import type { TableBuckets } from '#database/gate/table-buckets';
import type { TableUpdates } from '#database/gate/table-updates';
import type { Tables } from '#database/gate/tables';
import type { Charge, Outcome } from '#database/gate/units';
import { typeOf, type Upstream, UpstreamFailed, UpstreamRefused } from '#database/gate/upstream';

/** One call in the words of IAM and of the topology: `dynamodb:GetItem` on `table/orders`. */
export type AuthorisedCall = { readonly caller: string; readonly action: string; readonly resource: string };
export type Authorise = (call: AuthorisedCall) => boolean;

export type GateDeps = {
  readonly upstream: Upstream;
  readonly tables: Tables;
  readonly meters: Meters;
  readonly faults: GateFaults;
  readonly stale: StaleReads;
  readonly updates: TableUpdates;
  readonly authorise: Authorise;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<unknown>;
};

/** A signed call as it came in; `caller` is the access key's name. */
export type SignedCall = {
  readonly target: string | undefined;
  readonly caller: string | undefined;
  readonly body: string;
};

/** The capacity gate: answers one call of DynamoDB or its streams, by itself or from the engine. Never throws. */
export const makeGate = (deps: GateDeps) => {
  const { upstream, tables, meters, faults, stale, updates, authorise, clock, sleep } = deps;
  const overlaps = makeOverlaps();

  const answer = async ({ target, caller, body }: SignedCall): Promise<Answer> => {
    const [service, operation = ''] = (target ?? '').split('.');
    if (service !== 'DynamoDB_20120810' && service !== 'DynamoDBStreams_20120810')
      return unknownOperation('Only calls of DynamoDB and its streams in the JSON protocol are answered here.');
    if (statementOperations.has(operation))
      return unknownOperation('The gate takes no PartiQL: it could not meter it.');
    if (caller === undefined) return unsigned();
    const json = parseObject(body);
    if (json === undefined) return notJson();
    try {
      const isStream = service === 'DynamoDBStreams_20120810';
      const call = isStream ? readStreamCall(operation, json, tableOfIterator) : readTableCall(operation, json);
      const denied = call.permissions.find((permission) => !authorise({ caller, ...permission }));
      if (denied !== undefined) return accessDenied(caller, denied.action, denied.resource);
      if (isStream) return await passStream(call, upstream);
      if (call.kind === 'other') return await passOther(call, { upstream, tables, updates });
      return await meter(call, caller);
    } catch (error) {
      return answerOf(error);
    }
  };

  const meter = async (call: GateCall, caller: string): Promise<Answer> => {
    if (faults.latencyMs() > 0) await sleep(faults.latencyMs());
    if (faults.breaksCall()) return internalError('Injected fault: the call was not done.');
    const names = [...new Set(call.members.map(({ table }) => table))];
    const byName = new Map<string, TableBuckets | undefined>();
    for (const name of names) byName.set(name, tables.known().get(name) ?? (await tables.bucketsOf(name)));
    meters.countRequest(caller, call.operation, targetsOf(call.members));
    const verdict = admit(call, byName, clock.now());
    meters.countHotKeys(verdict.hotKeys);
    if (verdict.exhausted.length > 0) meters.countThrottled(caller, call.operation, verdict.exhausted);
    if (!verdict.admitted) return verdict.answer;
    const admitted = withholdTables(call, verdict.withheld);
    const take = (charges: readonly (Charge & { readonly row?: Json })[], sign: 1 | -1) => {
      for (const charge of charges)
        byName.get(charge.table)?.take({ ...charge, units: sign * charge.units }, clock.now());
    };
    take(admitted.members, 1);
    const keyNamesOf = (table: string) => byName.get(table)?.keyNames() ?? [];
    const met = meet(admitted, keyNamesOf);
    if (met !== undefined) {
      if (met.isCharged) meters.countCharges(admitted.members, 'cancelled');
      else take(admitted.members, -1);
      return met.answer;
    }
    const release = overlaps.hold(admitted, keyNamesOf);
    const reply = await forward(admitted, () => take(admitted.members, -1)).finally(release);
    const { charges, outcome, answer: settled } = settle(admitted, reply);
    take(spread(charges, admitted), 1);
    take(admitted.members, -1);
    meters.countCharges(charges, outcome);
    if (reply.status !== 200) return settled;
    if (isWrite(admitted)) await stale.follow(admitted, keyNamesOf);
    const body = addUnprocessed(call, verdict.withheld, settled.body);
    return isWrite(admitted) && faults.losesReply() ? { ...settled, body, isLost: true } : { ...settled, body };
  };

  /** The answer to a call that meets a transaction under way, really or by chance; undefined when it meets none. */
  const meet = (
    call: GateCall,
    keyNamesOf: (table: string) => readonly string[],
  ): { readonly answer: Answer; readonly isCharged: boolean } | undefined => {
    if (overlaps.isInProgress(call)) return { answer: inProgress(), isCharged: false };
    const held = overlaps.heldOf(call, keyNamesOf);
    const isByChance = held.length > 0 && isWrite(call) && faults.conflicts();
    if (!held.includes(true) && !isByChance) return undefined;
    const unlucky = isByChance ? faults.oneOf(held.length) : -1;
    const all = held.map((isHeld, position) => isHeld || position === unlucky);
    return { answer: call.kind === 'transaction' ? cancelledByConflict(all) : conflicted(), isCharged: true };
  };

  /** A call that never reached the engine gives its units back; one whose outcome is unknown does not. */
  const forward = async (call: GateCall, giveBack: () => void): Promise<Answer> => {
    try {
      const asked = { ...stale.redirect(call, askForRefusedItems(call)), ReturnConsumedCapacity: 'INDEXES' };
      const reply = await upstream.send(`DynamoDB_20120810.${call.operation}`, JSON.stringify(asked));
      const body = parseObject(reply.body.toString('utf8'));
      if (body === undefined) throw new UpstreamFailed('The engine did not answer in JSON.', true, undefined);
      return { status: reply.status, body: stale.restore(call, body) };
    } catch (error) {
      if (error instanceof UpstreamFailed && !error.wasSent) giveBack();
      throw error;
    }
  };

  return { answer };
};

/** What a call cost, over its rows: the reply tells the sum of a table, so each row bears it by its own least cost. */
const spread = (charges: readonly Charge[], { members }: GateCall): readonly (Charge & { readonly row?: Json })[] =>
  charges.flatMap((charge) => {
    const rows = members.filter(({ table, row }) => table === charge.table && row !== undefined);
    const sum = rows.reduce((units, member) => units + member.units, 0);
    if (sum === 0) return [charge];
    return rows.map(({ row, units }) => ({
      ...charge,
      units: (charge.units * units) / sum,
      ...(row !== undefined && { row }),
    }));
  });

const isWrite = ({ members }: GateCall): boolean => members.some(({ mode }) => mode === 'write');

const statementOperations = new Set(['ExecuteStatement', 'BatchExecuteStatement', 'ExecuteTransaction']);

type Settled = { readonly charges: readonly Charge[]; readonly outcome: Outcome; readonly answer: Answer };

/** What an answered call costs in the end, and the answer without what the gate asked for on its own account. */
const settle = (call: GateCall, { status, body }: Answer): Settled => {
  if (status === 200) {
    const mode = call.members[0]?.mode ?? 'write';
    // An engine that does not report costs is charged by our own estimate.
    const charges = body.ConsumedCapacity === undefined ? call.members : chargesOf(body, mode);
    const stripped = stripConsumed(body, call.body.ReturnConsumedCapacity);
    return { charges, outcome: 'useful', answer: { status, body: stripped } };
  }
  const type = typeOf(body);
  if (type === 'ConditionalCheckFailedException')
    return {
      charges: chargeOfFailed(call, body),
      outcome: 'failed',
      answer: { status, body: stripRefusedItems(call, body) },
    };
  if (type === 'TransactionCanceledException')
    return {
      charges: chargesOfCancelled(call, body),
      outcome: 'cancelled',
      answer: { status, body: stripRefusedItems(call, body) },
    };
  return { charges: [], outcome: 'useful', answer: { status, body } };
};

const answerOf = (error: unknown): Answer => {
  if (error instanceof z.ZodError) {
    const [issue] = error.issues;
    return invalid(`${issue?.path.join('.') || 'The body'}: ${issue?.message}`);
  }
  if (error instanceof UpstreamFailed)
    return error.wasSent
      ? internalError(`${error.message} Whether the call was done is not known.`)
      : unavailable(`${error.message} The call was not done.`);
  if (error instanceof UpstreamRefused) return internalError(`The gate's own call was refused: ${error.message}`);
  console.error('The gate failed:', error);
  return internalError('The gate failed; its log says why.');
};
