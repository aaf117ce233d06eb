import { auditRun } from '#audit/audit';
import { chartsOf, reportPage } from '#report/page';
import { blockOf, drawPicture } from '#report/picture';
import { writePictures } from '#report/write-pictures';
import { type Result, resultOf } from '#result';
import { files, readRun, writeIn, writeJson } from '#run/folder';

/** Audits the files of a run, writes result.json, report.html and pictures beside them, and returns the result. Throws RunMissing. */
export const judgeRun = async (folder: string): Promise<Result> => {
  const { record, receipts, unreadable, samples, stored } = readRun(folder);
  const audit = auditRun(receipts, stored, new Set(record.held));
  const result = resultOf({ record, receipts, samples, audit }, unreadable);
  writeJson(folder, files.result, result);
  writeIn(folder, files.report, reportPage(result, record, receipts, samples));
  const [flow, units, throttles] = chartsOf(record, receipts, samples).map(blockOf);
  const headline = [flow, units, throttles].flatMap((block) => block ?? []);
  await writePictures(folder, { run: drawPicture(headline), 'run-dark': drawPicture(headline, 'dark') });
  return result;
};
