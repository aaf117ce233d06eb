import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { resolve } from 'node:path';
import type { Topology } from '@penstock/platform/topology';
import { context } from 'esbuild';
import { repository } from '#config';
import type { SiteFiles } from '#edge/servers';
import type { Cloud, Sites } from '#supervisor/cloud';
import { bundleOptions } from '../../scripts/bundle-functions.ts';

export type Dev = {
  readonly bundles: string;
  readonly sites: Sites;
  /** From now on changed functions are reloaded. Resolves when both sites show their pages. */
  readonly attach: (cloud: Cloud) => Promise<void>;
  readonly stop: () => Promise<void>;
};

type DevOptions = { readonly topology: Topology; readonly say: (text: string) => void };

/** Functions bundled from their sources at every change, pages by their own dev servers. */
export const startDev = async ({ topology, say }: DevOptions): Promise<Dev> => {
  const bundles = resolve(repository, '.penstock', 'dev');
  mkdirSync(bundles, { recursive: true });
  let cloud: Cloud | undefined;
  const entries = new Map<string, string[]>();
  for (const [name, called] of Object.entries(topology.functions)) {
    const key = `${called.workspace} ${called.entry}`;
    entries.set(key, [...(entries.get(key) ?? []), name]);
  }
  const watching = await Promise.all(
    [...entries].map(async ([key, names]) => {
      const [workspace = '', entry = ''] = key.split(' ');
      const built = await context({
        ...bundleOptions(workspace, entry, resolve(bundles, workspace)),
        minify: false,
        plugins: [
          {
            name: 'reload',
            setup: (build) =>
              build.onEnd(async ({ errors }) => {
                if (errors.length > 0 || cloud === undefined) return;
                await cloud.reload(names);
                say(`Reloaded ${names.join(', ')}.`);
              }),
          },
        ],
      });
      await built.rebuild();
      await built.watch();
      return built;
    }),
  );
  const pages = { shop: lateSite(), admin: lateSite() };
  const closing: (() => Promise<void>)[] = [];
  return {
    bundles,
    sites: { shop: pages.shop.files, admin: pages.admin.files },
    attach: async (running) => {
      cloud = running;
      say('Preparing the pages.');
      const open = async (site: 'shop' | 'admin', folder: string): Promise<void> => {
        try {
          const { files, close } = await openPages(folder, running.servers[site]);
          pages[site].set(files);
          closing.push(close);
        } catch (error) {
          say(`The pages of ${folder} cannot be served from sources: ${String(error)}`);
        }
      };
      await Promise.all([open('shop', 'storefront'), open('admin', 'admin')]);
    },
    stop: async () => {
      await Promise.all([...watching.map((each) => each.dispose()), ...closing.map((close) => close())]);
    },
  };
};

/** Vite's dev server behind the site's own door: one origin, as in production. */
const openPages = async (
  folder: string,
  server: Server,
): Promise<{ readonly files: SiteFiles; readonly close: () => Promise<void> }> => {
  const { createServer } = await import('vite');
  const vite = await createServer({
    root: resolve(repository, folder),
    server: { middlewareMode: true, hmr: { server } },
    appType: 'spa',
    logLevel: 'warn',
  });
  return {
    files: (request, response) =>
      vite.middlewares(request, response, () => {
        response.writeHead(404);
        response.end();
      }),
    close: () => vite.close(),
  };
};

/** Comes again by itself. */
const preparing =
  '<!doctype html><html lang="en"><meta http-equiv="refresh" content="1"><title>One moment</title><p>The pages are being prepared.</p></html>';

/** A site that says so until its dev server is up. */
export const lateSite = (): { readonly files: SiteFiles; readonly set: (files: SiteFiles) => void } => {
  let current: SiteFiles = (_request, response) => {
    response.writeHead(503, {
      'content-type': 'text/html; charset=utf-8',
      'retry-after': '1',
      'cache-control': 'no-store',
    });
    response.end(preparing);
  };
  return {
    files: (request, response, path) => current(request, response, path),
    set: (files) => {
      current = files;
    },
  };
};
