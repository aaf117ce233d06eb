/**
 * MiniStack, the emulator of `npm run deploy:emulated`: installed from PyPI at one version into a folder of its own, started
 * on this machine alone, and stopped with everything that it started.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** MIT, Python 3.10 or later. Pinned: its snapshot moves weekly (terraform/README.md tells what this one can do). */
const ministackVersion = '1.5.33';

export type Emulator = {
  readonly url: string;
  readonly log: string;
  readonly pid: number;
  readonly stop: () => Promise<void>;
};

/** Why the emulator could not be had; `missing` when a tool or the network is. */
export class EmulatorMissing extends Error {
  readonly code = 'emulator-missing';
}

/** Python 3.10 or later with `venv`, or a sentence that says how to get it. */
const findPython = (): string => {
  const probe = 'import sys, venv, ensurepip; sys.exit(0 if sys.version_info >= (3, 10) else 1)';
  if (spawnSync('python3', ['-c', probe]).status === 0) return 'python3';
  throw new EmulatorMissing(
    'Python 3.10 or later with its venv module is not here. On Debian or Ubuntu: apt-get install python3 python3-venv; elsewhere python.org.',
  );
};

/** Installs MiniStack once a version, below `tools`; answers its Python. */
export const installEmulator = (tools: string, say: (text: string) => void): string => {
  const home = join(tools, `ministack-${ministackVersion}`);
  const own = join(home, 'bin/python');
  // The program is there last of all, so half an installation is made anew.
  if (existsSync(join(home, 'bin/ministack'))) return own;
  const python = findPython();
  say(`Installing MiniStack ${ministackVersion} from PyPI.`);
  mkdirSync(tools, { recursive: true });
  const made = spawnSync(python, ['-m', 'venv', '--clear', home], { encoding: 'utf8', timeout: 120_000 });
  const installed = spawnSync(
    join(home, 'bin/pip'),
    ['install', '--quiet', '--disable-pip-version-check', `ministack==${ministackVersion}`],
    { encoding: 'utf8', timeout: 180_000 },
  );
  if (made.status === 0 && installed.status === 0) return own;
  throw new EmulatorMissing(
    `MiniStack ${ministackVersion} could not be installed from PyPI; the machine needs a way there. pip said: ${lastLine(made.stderr, installed.stderr)}`,
  );
};

const lastLine = (...texts: readonly (string | null)[]): string =>
  texts.flatMap((text) => (text ?? '').trim().split('\n')).findLast((line) => line !== '') ?? 'nothing';

/** Starts it in `folder` on a free port of 127.0.0.1. Functions run on the first `node` of the PATH: `nodeFolder` comes first. */
export const startEmulator = async (options: {
  /** Python of the folder that MiniStack was installed into. */
  readonly python: string;
  readonly folder: string;
  readonly nodeFolder: string;
  readonly readyMs: number;
}): Promise<Emulator> => {
  const port = await freePort();
  mkdirSync(options.folder, { recursive: true });
  const log = join(options.folder, 'ministack.log');
  const out = openSync(log, 'w');
  // Outside of the repository: what is unpacked here must not see its package.json or its node_modules.
  const scratch = mkdtempSync(join(tmpdir(), 'penstock-emulated-'));
  const config = join(options.folder, 'server.toml');
  // One request a connection: the provider loses answers of 1.5.33 now and then, on kept connections more often.
  writeFileSync(config, `bind = ["127.0.0.1:${port}"]\nkeep_alive_max_requests = 1\n`);
  const child = spawn(options.python, ['-m', 'hypercorn', 'ministack.app:app', '--config', config], {
    cwd: scratch,
    // A group of its own, so that its function workers end with it.
    detached: true,
    stdio: ['ignore', out, out],
    env: {
      PATH: `${options.nodeFolder}${delimiter}${process.env.PATH ?? ''}`,
      HOME: scratch,
      TMPDIR: scratch,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      // Roles and resource policies are asked, as AWS asks them.
      AUTH: 'true',
      SFTP_ENABLED: '0',
      IOT_MTLS_ENABLED: '0',
    },
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    await stopGroup(child);
    rmSync(scratch, { recursive: true, force: true });
  };
  const deadline = Date.now() + options.readyMs;
  while (!(await answers(`${url}/_ministack/health`))) {
    if (child.exitCode === null && Date.now() < deadline) await sleep(250);
    else {
      await stop();
      throw new Error(`MiniStack did not get ready in ${options.readyMs / 1000} s; its words are in ${log}.`);
    }
  }
  return { url, log, pid: child.pid ?? 0, stop };
};

const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1000) })).ok;
  } catch {
    // Not up yet: the caller counts the time.
    return false;
  }
};

const stopGroup = async (child: ChildProcess): Promise<void> => {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    signalGroup(child, signal);
    for (let waits = 0; waits < 30 && groupLives(child); waits += 1) await sleep(100);
  }
};

const signalGroup = (child: ChildProcess, signal: NodeJS.Signals | 0): boolean => {
  if (child.pid === undefined) return false;
  try {
    return process.kill(-child.pid, signal);
  } catch {
    // The group is gone, which is what was wanted.
    return false;
  }
};

const groupLives = (child: ChildProcess): boolean => signalGroup(child, 0);

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null
          ? resolve(address.port)
          : reject(new Error('No free port was found.')),
      );
    });
  });
