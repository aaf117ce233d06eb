import type { IncomingHttpHeaders } from 'node:http';
import { own } from '@penstock/domain/own';
import { CapacityRefused, orderCapacity } from '#database/gate/capacity-orders';
import type { GateFaults } from '#database/gate/gate-faults';
import type { Meters } from '#database/gate/meters';
import type { StaleReads } from '#database/gate/stale-reads';
import type { TableUpdates } from '#database/gate/table-updates';
import type { Tables } from '#database/gate/tables';
import { UpstreamFailed, UpstreamRefused } from '#database/gate/upstream';
import { isControlCaller } from '#this-machine';

export type ControlDeps = {
  readonly tables: Tables;
  readonly meters: Meters;
  readonly faults: GateFaults;
  readonly stale: StaleReads;
  readonly updates: TableUpdates;
  readonly nowMs: () => number;
};

export type ControlAnswer = { readonly status: number; readonly body?: unknown };

/** The gate's own calls, /_gate/…: health, meters, capacity, faults. */
export const makeControl = ({ tables, meters, faults, stale, updates, nowMs }: ControlDeps) => {
  const calls: Readonly<Record<string, (body: string) => ControlAnswer | Promise<ControlAnswer>>> = {
    'GET /_gate/health': () => ({ status: 200, body: { status: 'ok' } }),
    'GET /_gate/meters': () => ({ status: 200, body: meters.read(tables.known(), nowMs()) }),
    'DELETE /_gate/meters': () => {
      meters.reset();
      return { status: 204 };
    },
    'PUT /_gate/capacity': (body) => moveCapacity(parseJson(body)),
    'PUT /_gate/faults': (body) => setFaults(parseJson(body)),
    'DELETE /_gate/faults': () => setFaults({}),
  };

  /** Reads are stale, or fresh again, when this answers. */
  const setFaults = async (wished: unknown): Promise<ControlAnswer> => {
    const fault = faults.set(wished);
    if (fault !== undefined) return { status: 422, body: { message: fault } };
    try {
      if (faults.staleMs() > 0) await tables.learnAll();
      await stale.set(faults.staleMs(), [...tables.known().keys()]);
      return { status: 204 };
    } catch (error) {
      if (!(error instanceof UpstreamRefused) && !(error instanceof UpstreamFailed)) throw error;
      faults.clear();
      return { status: 503, body: { message: `staleMs: The tables could not be copied. ${error.message}` } };
    }
  };

  const moveCapacity = async (orders: unknown): Promise<ControlAnswer> => {
    try {
      await orderCapacity(orders, { tables, updates, nowMs });
      return { status: 204 };
    } catch (error) {
      if (error instanceof CapacityRefused || error instanceof UpstreamRefused)
        return { status: 400, body: { message: error.message } };
      if (error instanceof UpstreamFailed) return { status: 503, body: { message: error.message } };
      throw error;
    }
  };

  return async (method: string, path: string, headers: IncomingHttpHeaders, body: string): Promise<ControlAnswer> => {
    if (!isControlCaller(headers))
      return { status: 403, body: { message: 'Control calls carry X-Penstock-Control: 1 and no Origin.' } };
    const call = own(calls, `${method} ${path}`);
    return call === undefined ? { status: 404, body: { message: `There is no ${method} ${path}.` } } : call(body);
  };
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the schema behind this says so.
    return undefined;
  }
};
