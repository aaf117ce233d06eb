import { readFileSync } from 'node:fs';
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type HtmlTagDescriptor, type Plugin } from 'vite';

/** The two faces of the first screen (the look, type). Other weights and the story face load when they are met. */
const preloadedFonts = [/barlow-latin-400-normal.*\.woff2$/, /barlow-condensed-latin-600-normal.*\.woff2$/];

/** Preloads fonts under their hashed names: the browser would else find them only after the style sheet. */
const preloadFonts = (): Plugin => ({
  name: 'penstock-preload-fonts',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle = {} }): HtmlTagDescriptor[] =>
      preloadedFonts.flatMap((face) => {
        const file = Object.keys(bundle).find((name) => face.test(name));
        if (file === undefined) return [];
        const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${file}`, crossorigin: true };
        return [{ tag: 'link', attrs, injectTo: 'head' as const }];
      }),
  },
});

/** Asked for by name, whatever the page says: bookmarks, feed readers, link previews. */
const favicon = (): Plugin => ({
  name: 'penstock-favicon',
  apply: 'build',
  generateBundle() {
    const source = readFileSync(new URL('../brand/marks/favicon.ico', import.meta.url));
    this.emitFile({ type: 'asset', fileName: 'favicon.ico', source });
  },
});

export default defineConfig({
  plugins: [react(), tailwind(), preloadFonts(), favicon()],
  build: { target: 'es2023', sourcemap: false, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
