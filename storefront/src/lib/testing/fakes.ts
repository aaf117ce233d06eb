import type { Live, TopicListener } from '#lib/live/live.ts';
import type { Http } from '#lib/net/http.ts';
import { ProblemError } from '#lib/net/problem.ts';
import type { RecordStore } from '#lib/storage/record-store.ts';

/** Records in memory, shared by everything that is given the same one, as tabs share IndexedDB. */
export const memoryRecords = (): RecordStore => {
  const records = new Map<string, unknown>();
  const listeners = new Set<(key: string) => void>();
  return {
    read: async (key) => records.get(key),
    update: async <T>(key: string, change: (old: unknown) => T) => {
      const next = change(records.get(key));
      records.set(key, next);
      for (const listener of listeners) queueMicrotask(() => listener(key));
      return next;
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    isDurable: () => true,
    onDurable: () => () => {},
  };
};

/** A live connection whose frames a test sends. */
export const fakeLive = () => {
  const takers = new Map<string, Set<TopicListener>>();
  const live: Live = {
    subscribe: (topic, listener) => {
      const known = takers.get(topic) ?? new Set();
      takers.set(topic, known.add(listener));
      return () => known.delete(listener);
    },
    status: () => 'open',
    isReady: () => true,
    onStatus: () => () => {},
  };
  const change = (topic: string, rev: number, data: unknown): void => {
    for (const listener of takers.get(topic) ?? [])
      listener.onChange({ type: 'change', topic, id: topic, rev, at: '', correlationId: '', data });
  };
  return { live, change };
};

type Call = { readonly method: string; readonly path: string; readonly body: unknown; readonly headers: unknown };

/** An API whose answers a test gives; every call is kept. */
export const fakeHttp = (answer: (call: Call) => unknown) => {
  const calls: Call[] = [];
  const http: Http = async (method, path, { body, headers } = {}) => {
    const call = { method, path, body, headers };
    calls.push(call);
    return { status: 200, body: (await answer(call)) as never };
  };
  return { http, calls };
};

export const problem = (status: number, code: string, fieldErrors = {}): ProblemError =>
  new ProblemError({ status, code, detail: code, correlationId: 'corr-1234', fieldErrors });

/** Lets everything that is due now happen. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
};
