import { problemCodes } from '@penstock/domain/problems';
import { loadTopology } from '@penstock/platform/topology';
import { describe, expect, it } from 'vitest';
import { makeDocument } from '#openapi/document';
import { html } from '#openapi/html';
import { makePage } from '#openapi/page';

const topology = loadTopology(new URL('../../../topology.json', import.meta.url));
const document = makeDocument(topology);
const page = makePage(document);
const all = (pattern: RegExp): readonly string[] => [...page.matchAll(pattern)].map(([, found = '']) => found);

describe('the API page', () => {
  it('shows every route, schema and problem code', () => {
    for (const { method, path } of [...topology.routes.shop, ...topology.routes.admin])
      expect(page).toContain(`<code>${method} ${path}</code>`);
    for (const name of Object.keys(document.components?.schemas ?? {})) expect(page).toContain(`id="schema-${name}"`);
    for (const code of problemCodes) expect(page).toContain(`id="problem-${code}"`);
  });

  it('asks for no other file: no script, and links to itself and the document alone', () => {
    expect(page).not.toMatch(/<script|@import|url\(|srcset|<img|<iframe/);
    const links = all(/(?:href|src)="([^"]*)"/g).filter((link) => !link.startsWith('#'));
    expect(links).toEqual(['data:,', 'openapi.json']);
  });

  it('has a target for every link within and no id twice', () => {
    const ids = all(/ id="([^"]+)"/g);
    expect(new Set(ids).size).toBe(ids.length);
    for (const target of all(/href="#([^"]+)"/g)) expect(ids).toContain(target);
  });

  it('has a language, a title, one main heading, a way past the contents, and follows the light or dark of the system', () => {
    expect(page).toMatch(/<html lang="en">[\s\S]*<title>[^<]+<\/title>/);
    expect(all(/<(h1)>/g)).toHaveLength(1);
    expect(page).toContain('<a class="skip" href="#main">');
    expect(page).toContain('prefers-color-scheme: dark');
  });

  it('escapes whatever a schema says', () => {
    expect(html`<p title="${'"><script>'}">${'<&>'}</p>`.text).toBe(
      '<p title="&#34;&#62;&#60;script&#62;">&#60;&#38;&#62;</p>',
    );
  });
});
