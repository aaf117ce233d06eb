import { auditRun } from '#audit/audit';
import { reportPage } from '#report/page';
import { type Result, resultOf } from '#result';
import { files, readRun, writeIn, writeJson } from '#run/folder';

/** Audits the files of a run, writes result.json and report.html beside them, and returns the result. Throws RunMissing. */
export const judgeRun = (folder: string): Result => {
  const { record, receipts, unreadable, samples, stored } = readRun(folder);
  const audit = auditRun(receipts, stored, new Set(record.held));
  const result = resultOf({ record, receipts, samples, audit }, unreadable);
  writeJson(folder, files.result, result);
  writeIn(folder, files.report, reportPage(result, record, receipts, samples));
  return result;
};
