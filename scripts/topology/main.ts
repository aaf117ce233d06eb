/**
 * Writes topology.json from topology.ts, as Terraform and the one-machine cloud read it. Usage: npm run topology. CI compares the
 * two (topology.test.ts).
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseTopology } from '../../platform/src/topology.ts';
import { topology } from '../../topology.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const file = `${root}topology.json`;

writeFileSync(file, `${JSON.stringify(parseTopology(topology), null, 2)}\n`);
const formatted = spawnSync(`${root}node_modules/.bin/biome`, ['format', '--write', file], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = formatted.status ?? 1;
