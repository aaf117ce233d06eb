/**
 * Writes the API page: dist/openapi/openapi.json and dist/openapi/index.html. Usage, in the api folder:
 * node src/openapi/main.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { loadTopology } from '@penstock/platform/topology';
import { makeDocument } from '#openapi/document';
import { makePage } from '#openapi/page';

const folder = new URL('../../dist/openapi/', import.meta.url);
const document = makeDocument(loadTopology(new URL('../../../topology.json', import.meta.url)));
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('openapi.json', folder), `${JSON.stringify(document, null, 2)}\n`);
writeFileSync(new URL('index.html', folder), makePage(document));
console.error(`api: ${Object.keys(document.paths ?? {}).length} paths in api/dist/openapi`);
