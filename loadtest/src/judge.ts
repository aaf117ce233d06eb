import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { auditRun } from '#audit/audit';
import type { Evidence } from '#bars';
import { auditLooked } from '#remote/audit-looked';
import { readLookedRun } from '#remote/run-remote';
import { chartsOf, reportPage } from '#report/page';
import { blockOf, drawPicture } from '#report/picture';
import { writePictures } from '#report/write-pictures';
import { type Result, resultOf } from '#result';
import { files, readRun, writeIn, writeJson } from '#run/folder';

/** Audits the files of a run, writes result.json, report.html and pictures beside them, and returns the result. Throws RunMissing. */
export const judgeRun = async (folder: string): Promise<Result> => {
  const { record, receipts, unreadable, samples, audit } = readEvidence(folder);
  const result = resultOf({ record, receipts, samples, audit }, unreadable);
  writeJson(folder, files.result, result);
  writeIn(folder, files.report, reportPage(result, record, receipts, samples));
  const [flow, units, throttles] = chartsOf(record, receipts, samples).map(blockOf);
  const headline = [flow, units, throttles].flatMap((block) => block ?? []);
  await writePictures(folder, { run: drawPicture(headline), 'run-dark': drawPicture(headline, 'dark') });
  return result;
};

type Judged = Evidence & { readonly unreadable: number };

/** A run of a cloud of its own holds all that is stored; one of a deployment what that told from outside. */
const readEvidence = (folder: string): Judged => {
  if (existsSync(join(folder, files.looked))) {
    const { looked, ...run } = readLookedRun(folder);
    return { ...run, samples: [], audit: auditLooked(run.receipts, looked) };
  }
  const { stored, ...run } = readRun(folder);
  return { ...run, audit: auditRun(run.receipts, stored, new Set(run.record.held)) };
};
