import type { Switches } from '@penstock/platform/switches';
import { readArguments } from '#command-arguments';
import { CommandEnded } from '#supervisor/exit';

const usage =
  'switch: give `orders off|on`, `admin read-only|open`, `source <name> off|on`, or nothing to see what stands.';

export type SwitchOrder = {
  /** Body of PUT /switches of the control address; undefined: only look. */
  readonly change: object | undefined;
  readonly data: string;
};

/** What `npm run switch` was asked. Throws CommandEnded 2 with the usage. */
export const readSwitchArguments = (
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): SwitchOrder => {
  const { words, data } = readArguments('switch', args, environment, {});
  return { change: changeOf(words), data };
};

const changeOf = (words: readonly string[]): object | undefined => {
  const line = words.join(' ');
  if (line === '') return undefined;
  if (line === 'orders off' || line === 'orders on') return { ordersPaused: line === 'orders off' };
  if (line === 'admin read-only' || line === 'admin open') return { adminReadOnly: line === 'admin read-only' };
  const [, name, word] = /^source (\S+) (off|on)$/.exec(line) ?? [];
  if (name !== undefined) return { source: { name, paused: word === 'off' } };
  throw new CommandEnded(2, usage);
};

/** Sends the order to a running cloud and says what stands then. */
export const runSwitch = async (controlUrl: string, change: object | undefined): Promise<string> => {
  const answer = await fetch(`${controlUrl}/switches`, {
    method: change === undefined ? 'GET' : 'PUT',
    headers: { 'x-penstock-control': '1', 'content-type': 'application/json' },
    ...(change === undefined ? {} : { body: JSON.stringify(change) }),
  });
  const body = (await answer.json()) as Switches & { readonly message?: string };
  if (!answer.ok) throw new CommandEnded(2, `switch: ${body.message ?? `status ${answer.status}`}`);
  return sentencesOf(body);
};

const sentencesOf = ({ ordersPaused, adminReadOnly, sourcesPaused }: Switches): string =>
  [
    `Orders: ${ordersPaused ? 'off, the shop answers orders-paused' : 'on'}.`,
    `Back office: ${adminReadOnly ? 'read-only' : 'open'}.`,
    `Event sources: ${sourcesPaused.length === 0 ? 'all on' : `${sourcesPaused.join(', ')} off`}.`,
  ].join('\n');
