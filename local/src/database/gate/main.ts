/**
 * The capacity gate as a command of its own, in front of any DynamoDB endpoint on this machine (docs/gate.md):
 * node local/src/database/gate/main.ts --upstream http://127.0.0.1:8000 --port 8001 --capacity orders=50 --burst 0.
 * Exit code 2 for a wrong flag or capacity, 1 for a fault. Ends on SIGTERM, SIGINT and SIGHUP.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { GateFlagRefused, type GateFlags, readGateFlags } from '#database/gate/gate-flags';
import { startGate } from '#database/gate/server';
import { innerCall } from '#inner-door';

/** The endpoint behind may start after the gate. */
const upstreamMaxMs = 15_000;

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** Gives the tables their capacity by the gate's own control call, as soon as the endpoint behind answers. */
const orderCapacity = async (port: number, { capacity, upstreamUrl }: GateFlags): Promise<void> => {
  const orders = Object.fromEntries(
    Object.entries(capacity).map(([table, writePerSecond]) => [table, { writePerSecond }]),
  );
  if (Object.keys(orders).length === 0) return;
  for (const until = Date.now() + upstreamMaxMs; ; ) {
    const { status, body } = await innerCall('PUT', port, '/_gate/capacity', orders);
    if (status < 300) return;
    const { message } = body as { readonly message: string };
    if (status < 500) throw new GateFlagRefused(`--capacity: ${message}`);
    if (Date.now() > until) throw new TypeError(`${upstreamUrl} has not answered for ${upstreamMaxMs} ms. ${message}`);
    await sleep(250);
  }
};

const run = async (): Promise<void> => {
  const flags = readGateFlags(process.argv.slice(2));
  const { upstreamUrl, burstSeconds, seed, updatingMs, decreasesPerDay } = flags;
  const gate = await startGate({
    port: flags.port,
    upstreamUrl,
    burstSeconds,
    seed,
    updateRules: { updatingMs, ...(decreasesPerDay !== undefined && { decreasesPerDay }) },
    // Whose call it is shows in the meters; who may do what is for the endpoint behind, or nobody, to say.
    authorise: () => true,
  });
  const told = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
  try {
    await orderCapacity(gate.port, flags);
    if (flags.json)
      process.stdout.write(`${JSON.stringify({ event: 'ready', endpoint: gate.endpoint, upstreamUrl })}\n`);
    else say(`The gate stands at ${gate.endpoint}, in front of ${upstreamUrl}. Ctrl-C ends it.`);
    await told;
  } finally {
    await gate.close();
  }
};

run().then(
  () => process.exit(0),
  (error: unknown) => {
    const isFlag = error instanceof GateFlagRefused;
    say(isFlag ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exit(isFlag ? 2 : 1);
  },
);
