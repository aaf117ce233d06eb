import { own } from '@penstock/domain/own';
import type { Topology } from '#topology';

/** One call as a gate sees it: who calls (the access key's name), the IAM action, and the resource in topology words. */
export type Call = { readonly caller: string; readonly action: string; readonly resource: string };
export type Grant = { readonly on: string; readonly actions: readonly string[] };

/** Tools sign as operator and may do everything; the local runtime's own pollers sign as the function that they serve. */
export const operator = 'operator';

const drainActions = [
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:ChangeMessageVisibility',
  'sqs:GetQueueAttributes',
];
const streamActions = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
];

/**
 * Everything that a function may do: its own grants, and what its event sources need (Lambda's pollers act with the
 * function's role). Terraform writes the same list as the function's policy.
 */
export const grantsOf = (topology: Topology, functionName: string): readonly Grant[] => {
  // The name is a caller's own word.
  const called = own(topology.functions, functionName);
  if (called === undefined) return [];
  const fromSources = Object.values(topology.eventSources)
    .filter((source) => source.function === functionName)
    .flatMap((source): Grant[] =>
      'queue' in source
        ? [{ on: `queue/${source.queue}`, actions: drainActions }]
        : [
            { on: `table/${source.stream}/stream`, actions: streamActions },
            { on: `queue/${source.onFailure}`, actions: ['sqs:SendMessage'] },
          ],
    );
  return [...called.grants, ...fromSources];
};

/** Whether a caller may make a call. An unknown caller may do nothing. */
export const isGranted = (topology: Topology, call: Call): boolean =>
  call.caller === operator ||
  grantsOf(topology, call.caller).some(
    (grant) => covers(grant.on, call.resource) && grant.actions.includes(call.action),
  );

const covers = (granted: string, resource: string): boolean =>
  granted.endsWith('*') ? resource.startsWith(granted.slice(0, -1)) : granted === resource;
