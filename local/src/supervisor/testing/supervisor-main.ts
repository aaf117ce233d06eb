/** A supervisor for tests: starts one part, prints what it says, and says itself when its parent is gone. */
import { fileURLToPath } from 'node:url';
import { startChild } from '#supervisor/child';
import { watchParent } from '#supervisor/parent';

void watchParent(50).gone.then(() => process.exit(0));
// Whatever a test finds wrong, nothing of it stays behind for long.
setTimeout(() => process.exit(3), 20_000);
await startChild({
  name: 'part',
  main: fileURLToPath(new URL('./part-main.ts', import.meta.url)),
  config: () => ({ manner: process.argv[2] }),
  log: (line) => console.log(line),
  onChange: () => console.log(JSON.stringify({ event: 'changed', supervisor: process.pid })),
});
