/** `npm run demo`: three guided minutes for whoever has never seen it. A load test of the profile `demo`, told in words. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { demoExitCode, endingOf } from '#demo/ending';
import { makeNarrator } from '#demo/narrator';
import { judgeRun } from '#judge';
import { profiles } from '#profiles';
import { buildK6, findK6, K6Missing, repository } from '#run/find-k6';
import { files } from '#run/folder';
import { listenToInterrupts } from '#run/interrupts';
import { runLoad } from '#run/run';

const narrator = makeNarrator({
  isTTY: process.stderr.isTTY === true,
  write: (text) => void process.stderr.write(text),
  now: Date.now,
});

const prologue = `
Penstock takes orders and basket edits into a queue and writes them to tables that can take only so much. This demo boots
the whole system on this machine, with a database that throttles as DynamoDB does, and treats it badly for a minute.
About three minutes. Ctrl-C ends the load; what was accepted is counted all the same.
`;

const main = async (): Promise<number> => {
  narrator.say(prologue);
  const k6 = findK6(process.env) ?? buildK6(process.env, narrator.say);
  const folder = join(
    repository,
    '.penstock/loadtest',
    `demo-${new Date().toISOString().replaceAll(':', '-').slice(0, 19)}`,
  );
  mkdirSync(folder, { recursive: true });
  await runLoad({
    journey: 'checkout-rush',
    profile: 'demo',
    seed: 1,
    capacity: profiles.demo.capacity,
    burstSeconds: 0,
    writePath: 'penstock',
    folder,
    k6,
    progress: narrator,
    ...listenToInterrupts(narrator.say),
  });
  const result = await judgeRun(folder);
  narrator.say(endingOf(result, join(folder, files.report)));
  return demoExitCode(result);
};

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    narrator.say(error instanceof K6Missing ? error.message : String(error instanceof Error ? error.stack : error));
    process.exitCode = error instanceof K6Missing ? error.exitCode : 1;
  },
);
