/** A part for tests: prints its process id at once, then behaves as it is told. */
import * as z from 'zod';
import { runPart } from '#queue/part-process';

const manner = z.enum(['good', 'never-listens', 'never-closes', 'says-something', 'dies-at-start']);

// A server of a real part keeps it running; here a timer does, for as long as any test may last.
setTimeout(() => process.exit(3), 20_000);
console.log(JSON.stringify({ event: 'born', pid: process.pid }));
await runPart(z.strictObject({ manner }), async ({ manner: told }) => {
  if (told === 'dies-at-start') throw new Error('The port is taken.');
  if (told === 'never-listens') await new Promise(() => undefined);
  if (told === 'says-something') {
    console.log('{"event":"hello"}');
    console.error('a complaint');
  }
  return { port: 1, close: () => (told === 'never-closes' ? new Promise(() => undefined) : Promise.resolve()) };
});
