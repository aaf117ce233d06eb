import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export type Listener = { readonly host: string; readonly port: number };

/** Where a process and everything that it started listens, from /proc. */
export const listenersOf = (pid: number): readonly Listener[] => {
  const inodes = new Set(familyOf(pid).flatMap(socketInodes));
  return readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
      return state === '0A' && inodes.has(inode) ? [addressOf(local)] : [];
    });
};

const familyOf = (pid: number): readonly number[] => {
  const parents = processIds().map((each) => [each, parentOf(each)] as const);
  const childrenOf = (parent: number): readonly number[] =>
    parents.flatMap(([child, of]) => (of === parent ? [child, ...childrenOf(child)] : []));
  return [pid, ...childrenOf(pid)];
};

const processIds = (): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

const parentOf = (pid: number): number => {
  try {
    return Number(/^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
  } catch {
    // It ended while we looked.
    return 0;
  }
};

const socketInodes = (pid: number): readonly string[] => {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      const target = linkOf(`/proc/${pid}/fd/${fd}`);
      return /^socket:\[(\d+)\]$/.exec(target)?.slice(1) ?? [];
    });
  } catch {
    return [];
  }
};

const linkOf = (path: string): string => {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
};

/** `0100007F:1234`: the address backwards, the port as it is. */
const addressOf = (local: string): Listener => {
  const [address = '', port = ''] = local.split(':');
  const bytes = address.match(/../g)?.map((byte) => Number.parseInt(byte, 16)) ?? [];
  return { host: bytes.reverse().join('.'), port: Number.parseInt(port, 16) };
};
