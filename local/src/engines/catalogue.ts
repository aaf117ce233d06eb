import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** An engine on Maven Central that is fetched on demand. */
export type Engine = {
  readonly name: string;
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
};

export const elasticMq: Engine = {
  name: 'elasticmq',
  group: 'org.elasticmq',
  artifact: 'elasticmq-server_2.13',
  version: '1.6.14',
};

export const dynamoDbLocal: Engine = {
  name: 'dynamodb-local',
  group: 'com.amazonaws',
  artifact: 'DynamoDBLocal',
  version: '2.6.1',
};

export const engines: readonly Engine[] = [elasticMq, dynamoDbLocal];

const root = fileURLToPath(new URL('../../../.penstock/engines/', import.meta.url));

/** Where an engine's jars are, in this repository. */
export const engineFolder = (engine: Engine): string => join(root, engine.name);

/** Whether this very version is there. */
export const isInstalled = (engine: Engine): boolean => {
  const folder = engineFolder(engine);
  return existsSync(folder) && readdirSync(folder).includes(`${engine.artifact}-${engine.version}.jar`);
};

/** A sentence for a suite that cannot run because the engine is absent; undefined when it is there. */
export const absenceOf = (engine: Engine): string | undefined =>
  isInstalled(engine) ? undefined : `${engine.name} is not installed; \`npm run engines\` fetches it`;
