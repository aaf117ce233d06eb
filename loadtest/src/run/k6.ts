import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { files } from '#run/folder';

export type K6Run = { readonly ended: Promise<number>; readonly stop: () => void };

/** Runs the bundled journeys. Receipts go to a file as they come, so that nothing is lost when k6 is ended. */
export const startK6 = (k6: string, script: string, folder: string): K6Run => {
  const child = spawn(
    k6,
    [
      ...['run', '--quiet', '--no-usage-report', '--no-color', '--log-format', 'raw'],
      ...['--console-output', join(folder, files.receipts), '--address', '', script],
    ],
    {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: Ctrl-C reaches the runner, which ends k6 in order.
      detached: true,
      env: {
        ...process.env,
        PENSTOCK_PLAN: join(folder, files.plan),
        PENSTOCK_SUMMARY: join(folder, files.k6Summary),
      },
    },
  );
  const log = createWriteStream(join(folder, files.k6Log));
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  // k6 belongs to this run and ends with it, whatever ends it.
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  return {
    ended: new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => {
        process.removeListener('exit', endWithUs);
        log.end();
        resolve(code ?? -1);
      });
    }),
    stop: () => child.kill('SIGINT'),
  };
};

/** What k6 says of itself at the end; zeros when it was ended before. */
export const readSummary = (folder: string): { readonly iterations: number; readonly dropped: number } => {
  const path = join(folder, files.k6Summary);
  return existsSync(path)
    ? (JSON.parse(readFileSync(path, 'utf8')) as { iterations: number; dropped: number })
    : { iterations: 0, dropped: 0 };
};
