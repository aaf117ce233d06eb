import { own } from '@penstock/domain/own';
import { type ProblemCode, problemCodes, problemKind } from '@penstock/domain/problems';
import type { oas31 } from 'zod-openapi';
import type { ApiDocument } from '#openapi/document';
import { type Html, html, joined, prose, trusted } from '#openapi/html';
import { asSchema, rowsTable, type Schema, schemaAnchor, schemaTables, typeOf } from '#openapi/page-schema';
import { pageStyle } from '#openapi/page-style';

type Call = {
  readonly method: string;
  readonly path: string;
  readonly operation: oas31.OperationObject;
};

const methods = ['get', 'post', 'put', 'delete'] as const;

/** The document as one readable page: no script, no other file, light or dark as the reader's system is. */
export const makePage = (document: ApiDocument): string => {
  const calls = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method] as oas31.OperationObject | undefined;
      return operation === undefined ? [] : [{ method: method.toUpperCase(), path, operation }];
    }),
  );
  const tags = (document.tags ?? []).map(({ name }) => ({
    name,
    calls: calls.filter(({ operation }) => operation.tags?.includes(name)),
  }));
  const schemas = Object.entries(document.components?.schemas ?? {}).sort(([left], [right]) => (left < right ? -1 : 1));
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${document.info.title} API</title>
<link rel="icon" href="data:,">
<style>${trusted(pageStyle)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the calls</a>
<div class="frame">
<nav aria-label="Contents">
${tags.map((tag) => html`<h2>${tag.name}</h2><ul>${tag.calls.map(linkOf)}</ul>`)}
<h2>Reference</h2>
<ul><li><a href="#problems">Problem codes</a></li><li><a href="#headers">Headers of answers</a></li><li><a href="#schemas">Schemas</a></li></ul>
</nav>
<main id="main">
<h1>${document.info.title} API</h1>
<p>${prose(document.info.description ?? '')}</p>
<p>The same for tools: <a href="openapi.json">openapi.json</a> (OpenAPI ${document.openapi}).</p>
${tags.map((tag) => html`<section><h2>${tag.name}</h2>${tag.calls.map(callOf)}</section>`)}
<section><h2 id="problems">Problem codes</h2>${problemsTable()}</section>
<section><h2 id="headers">Headers of answers</h2>${headersTable(document)}</section>
<section><h2 id="schemas">Schemas</h2>${schemas.map(([name, schema]) => schemaOf(name, asSchema(schema)))}</section>
</main>
</div>
</body>
</html>
`.text;
};

const linkOf = ({ operation }: Call): Html =>
  html`<li><a href="#${operation.operationId ?? ''}">${operation.summary ?? ''}</a></li>`;

const callOf = ({ method, path, operation }: Call): Html => html`<article id="${operation.operationId ?? ''}">
<h3>${operation.summary ?? ''}<br><code>${method} ${path}</code></h3>
${operation.description === undefined ? html`` : html`<p>${prose(operation.description)}</p>`}
${parametersOf(operation)}
${bodyOf(operation)}
<h4>Answers</h4>
<div class="table"><table><thead><tr><th scope="col">Status</th><th scope="col">Answer</th><th scope="col">Headers</th></tr></thead>
<tbody>${Object.entries(operation.responses ?? {}).map(([status, answer]) => answerOf(status, answer))}</tbody></table></div>
</article>`;

const parametersOf = (operation: oas31.OperationObject): Html => {
  const parameters = (operation.parameters ?? []).flatMap((parameter) => ('name' in parameter ? [parameter] : []));
  if (parameters.length === 0) return html``;
  const rows = parameters.map(({ name, in: place, schema, description, required }) => ({
    name: place === 'query' ? `?${name}` : place === 'header' ? `${name}:` : `{${name}}`,
    schema: described(asSchema(schema), description),
    required: required ?? false,
  }));
  return html`<h4>Parameters: {path}, ?query, header:</h4>${rowsTable(['Parameter', 'Type', 'Meaning'], rows)}`;
};

const described = (schema: Schema, description: string | undefined): Schema =>
  description === undefined ? schema : { ...schema, description };

const schemaOfContent = (content: oas31.ContentObject | undefined, type: string): Schema => {
  const media = own(content, type);
  return media !== undefined && 'schema' in media ? asSchema(media.schema) : {};
};

const bodyOf = ({ requestBody }: oas31.OperationObject): Html => {
  if (requestBody === undefined || !('content' in requestBody)) return html``;
  return html`<h4>Body</h4><p>${typeOf(schemaOfContent(requestBody.content, 'application/json'))}</p>`;
};

const answerOf = (status: string, answer: oas31.ResponseObject | oas31.ReferenceObject): Html => {
  const { content, headers = {}, description = '' } = answer as oas31.ResponseObject;
  const codes = (answer as { readonly 'x-problem-codes'?: readonly ProblemCode[] })['x-problem-codes'];
  const words =
    codes === undefined
      ? html`${typeOf(schemaOfContent(content, 'application/json'))}<br>${prose(description)}`
      : joined(
          codes.map((code) => html`<a href="#problem-${code}">${code}</a>`),
          ', ',
        );
  return html`<tr><th scope="row">${status}</th><td>${words}</td><td class="note">${Object.keys(headers).join(', ')}</td></tr>`;
};

const problemsTable = (): Html => html`<p>In <a href="#${schemaAnchor('Problem')}">Problem</a> as
<code>code</code>; <code>violations</code> name each field, its fault and its remedy.</p>
<div class="table"><table>
<thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">Meaning</th><th scope="col">What to do</th></tr></thead>
<tbody>${problemCodes.map((code) => {
  const { status, meaning, remedy } = problemKind(code);
  return html`<tr id="problem-${code}"><th scope="row"><code>${code}</code></th><td>${status}</td><td>${meaning}</td><td>${remedy}</td></tr>`;
})}</tbody></table></div>`;

const headersTable = (document: ApiDocument): Html =>
  rowsTable(
    ['Header', 'Type', 'Meaning'],
    Object.entries(document.components?.headers ?? {}).map(([name, header]) => {
      const { schema, description } = header as oas31.HeaderObject;
      return { name, schema: described(asSchema(schema), description), required: true };
    }),
  );

const schemaOf = (name: string, schema: Schema): Html => html`<article id="${schemaAnchor(name)}">
<h3>${name}</h3>
${schema.description === undefined ? html`` : html`<p>${prose(schema.description)}</p>`}
${schemaTables(schema)}
</article>`;
