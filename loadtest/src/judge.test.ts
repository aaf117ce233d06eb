import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { orderReceipt, stored } from '#audit/testing';
import { judgeRun } from '#judge';
import { files, writeIn, writeJson, writeLines } from '#run/folder';
import { record, sample } from '#testing';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const folderOf = (receipts: readonly unknown[], over: Parameters<typeof stored>[0] = {}): string => {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-judge-'));
  folders.push(folder);
  const rows = stored({ baskets: [], ...over });
  writeJson(folder, files.record, record());
  writeLines(folder, files.receipts, receipts);
  writeLines(folder, files.samples, [sample(0), sample(80)]);
  writeLines(folder, files.orders, rows.orders);
  writeLines(folder, files.baskets, rows.baskets);
  writeLines(folder, files.products, rows.products);
  writeLines(folder, files.edits, rows.edits);
  writeLines(folder, files.productsBefore, rows.productsBefore);
  return folder;
};

describe('an audit of a folder', () => {
  it('writes result.json with the fields of the contract, and the report', async () => {
    const folder = folderOf([orderReceipt()]);
    expect((await judgeRun(folder)).verdict).toBe('reached');
    expect(JSON.parse(readFileSync(join(folder, files.result), 'utf8'))).toMatchObject({
      schema: 1,
      seed: 7,
      valid: true,
      verdict: 'reached',
      counts: {
        accepted: 1,
        placed: 1,
        rejected: 0,
        held: 0,
        lost: 0,
        doubled: 0,
        oversold: 0,
        stale: 0,
        wronglyRefused: 0,
        stranded: 0,
      },
      bars: expect.arrayContaining([expect.objectContaining({ name: 'answers 5xx', value: 0, bar: 0, reached: true })]),
    });
    expect(readFileSync(join(folder, files.report), 'utf8')).toContain('<!doctype html>');
    expect(readFileSync(join(folder, 'charts/run.png')).subarray(1, 4).toString()).toBe('PNG');
  });

  it('finds a loss that was planted into the files', async () => {
    expect((await judgeRun(folderOf([orderReceipt()], { orders: [] }))).verdict).toBe('incorrect');
  });

  it('does not count a run whose last line was torn', async () => {
    const folder = folderOf([]);
    writeIn(folder, files.receipts, `${JSON.stringify(orderReceipt())}\n{"kind":"ord`);
    expect(await judgeRun(folder)).toMatchObject({ valid: false, verdict: 'inconclusive' });
  });

  it('names what is missing in a folder that holds no run, exit code 2', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'penstock-judge-'));
    folders.push(empty);
    await expect(judgeRun(empty)).rejects.toThrow(
      expect.objectContaining({ exitCode: 2, message: expect.stringContaining('run.json') }),
    );
  });
});
