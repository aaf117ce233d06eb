import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { elasticMq, engineFolder } from '#engines/catalogue';

const startMaxMs = 30_000;

/** Starts ElasticMQ on a free loopback port, in memory, with the limits of SQS. Throws when it does not answer in 30 s. */
export const startElasticMq = async (): Promise<{ readonly endpoint: string; readonly close: () => Promise<void> }> => {
  const port = await findFreePort();
  const work = mkdtempSync(join(tmpdir(), 'penstock-elasticmq-'));
  const config = join(work, 'elasticmq.conf');
  writeFileSync(config, configOf(port));
  const jars = join(engineFolder(elasticMq), '*');
  const java = spawn('java', [`-Dconfig.file=${config}`, '-Xmx256m', '-cp', jars, 'org.elasticmq.server.Main'], {
    stdio: 'ignore',
  });
  const close = async () => {
    await end(java);
    rmSync(work, { recursive: true, force: true });
  };
  const endpoint = `http://127.0.0.1:${port}/`;
  const giveUpAt = Date.now() + startMaxMs;
  while (!(await answers(endpoint))) {
    if (Date.now() > giveUpAt || java.exitCode !== null) {
      await close();
      throw new TypeError(`ElasticMQ did not answer at ${endpoint} within ${startMaxMs / 1000} s.`);
    }
    await sleep(100);
  }
  return { endpoint, close };
};

const configOf = (port: number): string => `
include classpath("application.conf")
node-address { protocol = http, host = "127.0.0.1", port = ${port}, context-path = "" }
rest-sqs { enabled = true, bind-port = ${port}, bind-hostname = "127.0.0.1", sqs-limits = strict }
rest-stats { enabled = false }
`;

const answers = async (endpoint: string): Promise<boolean> => {
  try {
    await fetch(endpoint);
    return true;
  } catch {
    // Not listening yet.
    return false;
  }
};

const end = async (java: ChildProcess): Promise<void> => {
  if (java.exitCode !== null || java.signalCode !== null) return;
  const ended = new Promise((resolve) => java.once('exit', resolve));
  java.kill('SIGTERM');
  await Promise.race([ended, sleep(3000)]);
  java.kill('SIGKILL');
};

const findFreePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
