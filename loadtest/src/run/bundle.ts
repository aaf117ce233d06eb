import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const entry = fileURLToPath(new URL('../k6/main.ts', import.meta.url));

/** Bundles the journeys into one file that k6 can run, and returns its path. */
export const bundleJourneys = async (folder: string): Promise<string> => {
  const outfile = join(folder, 'journeys.js');
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2020',
    external: ['k6', 'k6/*'],
    logLevel: 'warning',
  });
  return outfile;
};
