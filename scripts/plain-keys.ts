/**
 * No text that somebody else chose is a key of a plain object (docs/spec/text.md T10): `constructor` and `__proto__` are keys
 * that every object has, so a lookup finds what nobody put there, a write is lost or changes the prototype, and a library takes
 * the object for an instance of a class. A `Map` has no such keys. The compiler's types tell text from a name of ours (a union
 * of literals), so the check asks them.
 *
 * Held: lookups by text (`own` of domain instead), writes under a name that is text (a `Map`), `text in object`, `z.record` with
 * text for keys. Making an object from pairs is none of these: its keys are its own, and whoever reads it by text is held.
 *
 * An exception argues its case on the line or in the comment above: `plain-keys: the names are ours, from topology.json`.
 * Usage: npm run plain-keys. Exit 1 with one line a fault.
 */
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Expression, type Node, type SourceFile, SyntaxKind } from 'typescript/unstable/ast';
import {
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isPropertyAccessExpression,
} from 'typescript/unstable/ast/is';
import { API, type Checker, type Type, TypeFlags } from 'typescript/unstable/sync';

/** The workspaces that meet what people type. */
export const rooms: readonly string[] = ['domain', 'api', 'workers', 'platform', 'storefront', 'admin', 'local'];

export type Fault = { readonly file: string; readonly line: number; readonly rule: string };
type Use = { readonly node: Node; readonly key: Expression; readonly rule: string };

const notSource = /\.test\.tsx?$|\.d\.ts$|contract-(suite|client)\.ts$|(^|\/)test(ing)?\//;
const argued = /plain-keys: \S+ \S+/;

/** Every fault in `src` of some workspaces, by their tsconfig.json. */
export const findFaults = (root: string, workspaces: readonly string[]): readonly Fault[] => {
  const api = new API({ cwd: root });
  try {
    return workspaces.flatMap((workspace) => faultsOf(api, root, workspace));
  } finally {
    api.close();
  }
};

const faultsOf = (api: API, root: string, workspace: string): readonly Fault[] => {
  const config = join(root, workspace, 'tsconfig.json');
  const project = api.updateSnapshot({ openProjects: [config] }).getProject(config);
  if (project === undefined) throw new Error(`${config} is no project of the compiler.`);
  return listSources(join(root, workspace, 'src')).flatMap((path) => {
    const source = project.program.getSourceFile(path);
    if (source === undefined) throw new Error(`${path} is not in ${config}, so nothing is known of its types.`);
    return faultsIn(source, project.checker).map((fault) => ({ file: relative(root, path), ...fault }));
  });
};

const faultsIn = (source: SourceFile, checker: Checker): readonly Omit<Fault, 'file'>[] => {
  const uses = usesIn(source);
  const types = uses.length === 0 ? [] : checker.getTypeAtLocation(uses.map(({ key }) => key));
  const lines = source.text.split('\n');
  return uses.flatMap(({ node, rule }, index) => {
    const line = source.text.slice(0, node.getStart(source)).split('\n').length;
    const isArgued = [lines[line - 1], lines[line - 2]].some((text) => text !== undefined && argued.test(text));
    return isArgued || !isText(types[index], checker) ? [] : [{ line, rule }];
  });
};

/** Where an object meets a key. */
const usesIn = (source: SourceFile): readonly Use[] => {
  const uses: Use[] = [];
  const visit = (node: Node): void => {
    if (isElementAccessExpression(node))
      uses.push({
        node,
        key: node.argumentExpression,
        rule: isWritten(node) ? 'a write under text: keep a Map' : 'a lookup by text: use own() or a Map',
      });
    if (isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.InKeyword)
      uses.push({ node, key: node.left, rule: '`in` with text: use Object.hasOwn() or a Map' });
    if (isCallExpression(node) && isRecordSchema(node.expression) && node.arguments[0] !== undefined)
      uses.push({ node, key: node.arguments[0], rule: 'z.record with text for keys: use a list or an enum' });
    node.forEachChild(visit);
  };
  visit(source);
  return uses;
};

const isWritten = (node: Node): boolean => {
  const { parent } = node;
  const { kind } = isBinaryExpression(parent) && parent.left === node ? parent.operatorToken : { kind: undefined };
  return kind !== undefined && kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment;
};

const isRecordSchema = (called: Expression): boolean =>
  isPropertyAccessExpression(called) &&
  isIdentifier(called.expression) &&
  called.expression.text === 'z' &&
  /^(partial|loose)?record$/i.test(called.name.text);

/** Text, or a schema of it; names of ours are literals or unions of them. */
const isText = (type: Type | undefined, checker: Checker): boolean => {
  if (type === undefined || (type.flags & (TypeFlags.String | TypeFlags.TemplateLiteral | TypeFlags.Any)) !== 0)
    return true;
  if (type.isUnionType()) return type.getTypes().some((each) => isText(each, checker));
  return /^Zod(String|Type|Pipe|Any)/.test(checker.typeToString(type));
};

const listSources = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !notSource.test(name))
    .sort()
    .map((name) => join(folder, name));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const faults = findFaults(fileURLToPath(new URL('../', import.meta.url)), rooms);
  for (const { file, line, rule } of faults) console.error(`${file}:${line}  ${rule}`);
  if (faults.length > 0) process.exit(1);
  console.error(`plain-keys: no text is a key of a plain object in ${rooms.join(', ')}.`);
}
