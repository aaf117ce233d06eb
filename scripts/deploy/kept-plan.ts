/**
 * A plan that is made now and applied later, by another machine, after somebody read it (`npm run deploy -- ENV --plan-out DIR`,
 * then `--plan DIR`): a folder that says what it was made for.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from './plan.ts';

/** What the folder of a plan holds, and nothing else. */
export const planFiles = {
  /** What Terraform applies. */
  plan: 'plan.tfplan',
  /** The same for people. */
  text: 'plan.txt',
  /** What it was made for. */
  record: 'plan.json',
  /** Providers with their hashes: the plan is applied by those that made it. */
  lock: 'terraform.lock.hcl',
} as const;

export type KeptPlan = {
  readonly schema: 1;
  readonly environment: Environment;
  readonly release: string;
  /** SHA-256 of the release's manifest.json, which names the SHA-256 of every file. */
  readonly manifestSha256: string;
  /** SHA-256 of the plan file. */
  readonly planSha256: string;
  /** The state that was planned from: its lineage and serial, or "none". */
  readonly state: string;
  /** What may be deleted or replaced, as it was named when the plan was made. */
  readonly allowDestroy: readonly string[];
};

/** The plan is of something else, was altered, or the environment has changed since. Nothing was changed: exit code 9. */
export class PlanRefused extends Error {
  readonly code = 'plan-refused';
}

/** What a plan is asked to be of. */
export type PlanWanted = Pick<KeptPlan, 'environment' | 'release' | 'manifestSha256'>;

/** Writes the record and the text, with the facts above what Terraform says. The plan file must be there already. */
export const writeKeptPlan = (
  folder: string,
  facts: Omit<KeptPlan, 'schema' | 'planSha256'>,
  terraformText: string,
): void => {
  const record: KeptPlan = { schema: 1, ...facts, planSha256: digestOf(folder) };
  writeFileSync(join(folder, planFiles.record), `${JSON.stringify(record, undefined, 2)}\n`);
  const lines = [
    `Plan of ${record.environment} with release ${record.release}`,
    `manifest.json of the release: SHA-256 ${record.manifestSha256}`,
    `plan file: SHA-256 ${record.planSha256}`,
    record.allowDestroy.length === 0
      ? 'Nothing that holds data is deleted or replaced.'
      : `MAY BE DELETED OR REPLACED, with its data: ${record.allowDestroy.join(', ')}`,
  ];
  writeFileSync(join(folder, planFiles.text), `${lines.join('\n')}\n\n${terraformText.trim()}\n`);
};

/** The record of a folder. Throws PlanRefused when there is none that can be read. */
export const readKeptPlan = (folder: string): KeptPlan => {
  const path = join(folder, planFiles.record);
  if (!existsSync(path))
    throw new PlanRefused(`${folder} holds no plan (no ${planFiles.record}). Make one with: --plan-out`);
  const record = JSON.parse(readFileSync(path, 'utf8')) as unknown;
  if (!isKeptPlan(record)) throw new PlanRefused(`${path} is no record of a plan of this version.`);
  return record;
};

/** Throws PlanRefused with a sentence when the plan in a folder is not what is wanted, or is not what its record says. */
export const checkKeptPlan = (folder: string, wanted: PlanWanted): void => {
  const record = readKeptPlan(folder);
  const faults = [
    ...(record.environment === wanted.environment
      ? []
      : [`it is of ${record.environment}, and ${wanted.environment} was asked for`]),
    ...(record.release === wanted.release && record.manifestSha256 === wanted.manifestSha256
      ? []
      : [`it is of release ${record.release}, and the release here is ${wanted.release}`]),
    ...(existsSync(join(folder, planFiles.plan)) && digestOf(folder) === record.planSha256
      ? []
      : [`${planFiles.plan} is not the file that its record names`]),
  ];
  if (faults.length > 0) throw new PlanRefused(`This plan is not applied: ${faults.join('; ')}.`);
};

const isKeptPlan = (value: unknown): value is KeptPlan =>
  typeof value === 'object' &&
  value !== null &&
  'schema' in value &&
  value.schema === 1 &&
  ['environment', 'release', 'manifestSha256', 'planSha256', 'state'].every(
    (name) => typeof (value as Readonly<Record<string, unknown>>)[name] === 'string',
  ) &&
  'allowDestroy' in value &&
  Array.isArray(value.allowDestroy) &&
  value.allowDestroy.every((address) => typeof address === 'string');

const digestOf = (folder: string): string =>
  createHash('sha256')
    .update(readFileSync(join(folder, planFiles.plan)))
    .digest('hex');
