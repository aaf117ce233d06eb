import { type Html, html, joined, prose } from '#openapi/html';

/** What the page reads of a JSON schema. */
export type Schema = {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly default?: unknown;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
};

/** A schema of the document, which is a version ahead in the library's types; `true` and nothing say anything. */
export const asSchema = (schema: unknown): Schema =>
  typeof schema === 'object' && schema !== null ? (schema as Schema) : {};

type Row = { readonly name: string; readonly schema: Schema; readonly required: boolean };

const componentPrefix = '#/components/schemas/';
/** The anchor of a schema on the page. */
export const schemaAnchor = (name: string): string => `schema-${name}`;

/** The type of a value in a few words, with a link where it is a schema of its own. */
export const typeOf = (schema: Schema): Html => {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.slice(componentPrefix.length);
    return html`<a href="#${schemaAnchor(name)}">${name}</a>`;
  }
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`;
  if (schema.enum !== undefined)
    return joined(
      schema.enum.map((value) => html`<code>${JSON.stringify(value)}</code>`),
      ', ',
    );
  if (schema.anyOf !== undefined) return joined(schema.anyOf.map(typeOf), ' or ');
  if (schema.type === 'array') return html`list of ${typeOf(schema.items ?? {})}${boundsOf(schema)}`;
  return html`${schema.format ?? schema.type ?? 'anything'}${boundsOf(schema)}`;
};

/** A schema as tables: one, or one for each of its choices. */
export const schemaTables = (schema: Schema): readonly Html[] => {
  if (schema.anyOf !== undefined)
    return schema.anyOf.flatMap((choice) => [html`<h4>Either</h4>`, ...schemaTables(choice)]);
  if (schema.properties === undefined) return [html`<p>${typeOf(schema)}</p>`];
  return [rowsTable(['Field', 'Type', 'Meaning'], rowsOf(schema, ''))];
};

/** A table of named values, such as parameters. */
export const rowsTable = (head: readonly string[], rows: readonly Row[]): Html => html`<div class="table"><table>
<thead><tr>${head.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${rows.map(
  ({ name, schema, required }) =>
    html`<tr><th scope="row"><code>${name}</code></th><td>${typeOf(schema)}${
      required ? html`` : html` <span class="note">(optional)</span>`
    }</td><td>${prose(meaningOf(schema))}</td></tr>`,
)}</tbody></table></div>`;

/** Members of an object, those of nested ones by their path: `lines[].quantity`. */
const rowsOf = (schema: Schema, prefix: string): readonly Row[] => {
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    const path = `${prefix}${name}`;
    const row = { name: path, schema: member, required: schema.required?.includes(name) ?? false };
    const isObjectList = member.items?.properties !== undefined;
    return [row, ...(isObjectList ? rowsOf(member.items ?? {}, `${path}[].`) : rowsOf(member, `${path}.`))];
  });
};

const meaningOf = (schema: Schema): string => {
  const defaults = schema.default === undefined ? '' : ` Default \`${JSON.stringify(schema.default)}\`.`;
  return `${schema.description ?? ''}${defaults}`.trim();
};

const boundsOf = (schema: Schema): Html => {
  const low = schema.minimum ?? schema.minLength ?? schema.minItems;
  const high = schema.maximum ?? schema.maxLength ?? schema.maxItems;
  const most = high === Number.MAX_SAFE_INTEGER ? undefined : high;
  const least = low === -Number.MAX_SAFE_INTEGER ? undefined : low;
  const unit = schema.type === 'string' ? ' characters' : schema.type === 'array' ? ' items' : '';
  const bounds = [...(least === undefined ? [] : [`from ${least}`]), ...(most === undefined ? [] : [`to ${most}`])];
  const pattern =
    schema.pattern === undefined || schema.format !== undefined ? html`` : html` <code>${schema.pattern}</code>`;
  return bounds.length === 0 ? pattern : html` ${bounds.join(' ')}${unit}${pattern}`;
};
