/**
 * Bundles the functions of one workspace (`api` or `workers`) as the topology names them, each entry once:
 * <workspace>/dist/<entry>/index.mjs, minified ESM with the AWS SDK inside (facts: 51 ms to import against 150 to 220
 * unbundled). The one-machine cloud and the zips for Lambda hold the very same files.
 */
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { loadTopology } from '../platform/src/topology.ts';

const root = new URL('../', import.meta.url);

/** The folder name of an entry's bundle: src/handlers/broadcast.ts becomes broadcast. */
export const bundleNameOf = (entry: string): string => basename(entry, '.ts');

/** esbuild's options for one entry. Shared with `npm run dev`, which watches instead of minifying. */
export const bundleOptions = (workspace: string, entry: string, outdir: string): BuildOptions => ({
  entryPoints: [fileURLToPath(new URL(`${workspace}/${entry}`, root))],
  outfile: `${outdir}/${bundleNameOf(entry)}/index.mjs`,
  bundle: true,
  minify: true,
  keepNames: true,
  sourcemap: 'linked',
  sourcesContent: false,
  platform: 'node',
  target: 'node22',
  format: 'esm',
  mainFields: ['module', 'main'],
  // Some dependencies of the SDK still call require.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  legalComments: 'none',
  logLevel: 'warning',
});

const main = async (workspace: string): Promise<void> => {
  const topology = loadTopology(new URL('topology.json', root));
  const entries = new Set(
    Object.values(topology.functions)
      .filter((called) => called.workspace === workspace)
      .map((called) => called.entry),
  );
  const outdir = fileURLToPath(new URL(`${workspace}/dist`, root));
  await Promise.all([...entries].map((entry) => build(bundleOptions(workspace, entry, outdir))));
  console.error(`${workspace}: ${entries.size} function bundles in ${workspace}/dist`);
};

const workspace = process.argv[2];
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (workspace !== 'api' && workspace !== 'workers') {
    console.error('bundle-functions: name a workspace, api or workers.');
    process.exit(2);
  }
  await main(workspace);
}
