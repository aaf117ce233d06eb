import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { Settings } from '#settings';

/** Secrets by their name in the topology. Fetched once per instance; a fault is thrown and tried again at the next call. */
export type Secrets = { readonly read: (name: string) => Promise<string> };

/** Secrets in the parameter store, decrypted. */
export const makeSsmSecrets = (deps: { readonly ssm: SSMClient; readonly settings: Settings }): Secrets => {
  const known = new Map<string, Promise<string>>();
  const fetchSecret = async (name: string): Promise<string> => {
    const answer = await deps.ssm.send(
      new GetParameterCommand({ Name: `${deps.settings.secretPrefix}${name}`, WithDecryption: true }),
    );
    const value = answer.Parameter?.Value;
    if (value === undefined) throw new TypeError(`The parameter store holds no value for the secret ${name}.`);
    return value;
  };
  return {
    read: (name) => {
      const pending = known.get(name) ?? fetchSecret(name);
      known.set(name, pending);
      pending.catch(() => known.delete(name));
      return pending;
    },
  };
};
