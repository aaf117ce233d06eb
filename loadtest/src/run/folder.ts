import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stored } from '#audit/stored';
import { type Receipt, readReceipts } from '#receipts';
import type { RunRecord, Sample } from '#record';
import { linesOf } from '#run/json';

/** The files of a run. What is named here is all that an audit reads. */
export const files = {
  plan: 'plan.json',
  record: 'run.json',
  receipts: 'receipts.jsonl',
  samples: 'samples.jsonl',
  k6Summary: 'k6.json',
  k6Log: 'k6.log',
  result: 'result.json',
  report: 'report.html',
  productsBefore: 'products-before.jsonl',
  orders: 'orders.jsonl',
  baskets: 'baskets.jsonl',
  products: 'products.jsonl',
  edits: 'stock-edits.jsonl',
  looked: 'looked.json',
} as const;

export type RunData = {
  readonly record: RunRecord;
  readonly receipts: readonly Receipt[];
  readonly unreadable: number;
  readonly samples: readonly Sample[];
  readonly stored: Stored;
};

/** The folder holds no run: exit code 2, the sentence names what is missing. */
export class RunMissing extends Error {
  readonly code = 'run-missing';
  readonly exitCode = 2;
  constructor(folder: string, file: string) {
    super(`${folder} holds no run to audit: ${file} is missing.`);
    this.name = 'RunMissing';
  }
}

/** What a run was. One of before the write path was recorded took Penstock's. Throws RunMissing. */
export const readRecord = (folder: string): RunRecord => {
  const path = join(folder, files.record);
  if (!existsSync(path)) throw new RunMissing(folder, files.record);
  const record = JSON.parse(readFileSync(path, 'utf8')) as Omit<RunRecord, 'writePath'> & Partial<RunRecord>;
  return { ...record, writePath: record.writePath ?? 'penstock' };
};

/** Reads a run back. Throws RunMissing. */
export const readRun = (folder: string): RunData => {
  const read = (file: string): string => {
    const path = join(folder, file);
    if (!existsSync(path)) throw new RunMissing(folder, file);
    return readFileSync(path, 'utf8');
  };
  return {
    record: readRecord(folder),
    ...readReceipts(read(files.receipts)),
    samples: linesOf(read(files.samples)),
    stored: {
      orders: linesOf(read(files.orders)),
      baskets: linesOf(read(files.baskets)),
      products: linesOf(read(files.products)),
      edits: linesOf(read(files.edits)),
      productsBefore: linesOf(read(files.productsBefore)),
    },
  };
};

export const writeIn = (folder: string, file: string, content: string): void => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, file), content);
};
export const writeJson = (folder: string, file: string, value: unknown): void =>
  writeIn(folder, file, `${JSON.stringify(value, undefined, 2)}\n`);
export const writeLines = (folder: string, file: string, values: readonly unknown[]): void =>
  writeIn(folder, file, values.map((value) => `${JSON.stringify(value)}\n`).join(''));
