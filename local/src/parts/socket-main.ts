/** The part `socket`: the WebSocket gateway and its @connections API. */
import { loadTopology } from '@penstock/platform/topology';
import * as z from 'zod';
import { topologyPath } from '#config';
import { makeFaults } from '#fault-wishes';
import { socketFaultsSchema } from '#gateways/socket-faults';
import { startSocketGateway } from '#gateways/socket-gateway';
import { invokeThrough } from '#inner-door';
import { startFaultDoor } from '#parts/fault-door';
import { runPart } from '#queue/part-process';
import { makeFaultChance } from '#queue/seeded-random';

const port = z.int().min(0).max(65_535);
const configSchema = z.strictObject({
  port,
  managementPort: port,
  apiPort: port,
  controlPort: port,
  idleSeconds: z.number().positive(),
  lifeSeconds: z.number().positive(),
});

await runPart(configSchema, async (config) => {
  const topology = loadTopology(topologyPath);
  const faults = makeFaults(socketFaultsSchema);
  const gateway = await startSocketGateway({
    port: config.port,
    managementPort: config.managementPort,
    topology,
    idleSeconds: config.idleSeconds,
    lifeSeconds: config.lifeSeconds,
    invoke: invokeThrough(config.apiPort),
    random: makeFaultChance(faults),
  });
  const door = await startFaultDoor(config.controlPort, gateway, faults);
  return {
    port: gateway.port,
    close: async () => {
      door.closeAllConnections();
      await new Promise((resolve) => door.close(resolve));
      await gateway.close();
    },
  };
});
