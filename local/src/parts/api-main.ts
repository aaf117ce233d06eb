/** The part `api`: the instances of the HTTP and socket functions, behind the inner door. */
import { loadTopology } from '@penstock/platform/topology';
import { functionSpecs, topologyPath } from '#config';
import { makeFunctionPool } from '#functions/pool';
import { hostConfigSchema, logLine, startHost } from '#parts/host';
import { runPart } from '#queue/part-process';

/** API Gateway gives up after 29 s; more events than these would not be answered by then. */
const waiting = { eventsMax: 1000, maxMs: 29_000 };

await runPart(hostConfigSchema, async (config) => {
  const topology = loadTopology(topologyPath);
  const names = Object.entries(topology.functions).flatMap(([name, called]) =>
    called.workspace === 'api' ? [name] : [],
  );
  const pool = makeFunctionPool({ functions: functionSpecs(topology, names, config), log: logLine, waiting });
  const server = await startHost(config.port, pool);
  void pool.warm();
  return {
    port: config.port,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await pool.end();
    },
  };
});
