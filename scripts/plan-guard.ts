/**
 * What a plan of Terraform may not do by itself: delete or replace what holds data, or what everybody calls by an address that
 * would be another one afterwards. A table, index, queue, bucket, stream, distribution or API that a plan would take away has
 * to be named (`--allow-destroy ADDRESS`), by the address that the plan gives it.
 */

/** The part of `terraform show -json PLAN` that the guard reads. */
type TerraformPlan = {
  readonly format_version: string;
  /** Planning broke off: what it would do further is not in it. */
  readonly errored?: boolean;
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly type: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly before?: unknown;
      readonly after?: unknown;
    };
  }[];
};

/** Types whose loss loses data, accepted writes on their way, or the address at which the shop is known. */
const kept: ReadonlySet<string> = new Set([
  'aws_dynamodb_table',
  'aws_dynamodb_table_item',
  'aws_sqs_queue',
  'aws_s3_bucket',
  'aws_kinesis_stream',
  'aws_ssm_parameter',
  'aws_kms_key',
  'aws_cloudfront_key_value_store',
  'aws_cloudfront_distribution',
  'aws_apigatewayv2_api',
  'aws_api_gateway_rest_api',
]);

/**
 * One sentence for each forbidden change; empty: the plan may be applied. `plan` is the answer of `terraform show -json`, of
 * which format 1 is understood: another one is forbidden as a whole. `named` are addresses that may go.
 */
export const forbiddenChanges = (plan: unknown, named: readonly string[]): readonly string[] =>
  isReadable(plan)
    ? changesOf(plan, named)
    : ['This is no whole plan in format 1 of `terraform show -json`: nobody can say what it would delete.'];

const isReadable = (plan: unknown): plan is TerraformPlan =>
  typeof plan === 'object' &&
  plan !== null &&
  'format_version' in plan &&
  typeof plan.format_version === 'string' &&
  plan.format_version.startsWith('1.') &&
  // A state is shown in the same format, and has values in place of changes.
  !('values' in plan) &&
  !('errored' in plan && plan.errored === true);

const changesOf = (plan: TerraformPlan, named: readonly string[]): readonly string[] =>
  (plan.resource_changes ?? []).flatMap(({ address, type, change }) => {
    if (!kept.has(type) || named.includes(address)) return [];
    const remedy = `If that is meant, name it: --allow-destroy '${address}'.`;
    if (change.actions.includes('delete')) {
      const verb = change.actions.includes('create') ? 'replace' : 'delete';
      return [`The plan would ${verb} ${address}. ${remedy}`];
    }
    return [
      ...(isStreamEnded(type, change) ? [`The plan would end the stream of ${address}. ${remedy}`] : []),
      ...indexesLost(type, change).map(
        (name) =>
          `The plan would drop or rebuild index ${name} of ${address}: its queries fail until it is built. ${remedy}`,
      ),
    ];
  });

type Change = { readonly before?: unknown; readonly after?: unknown };

/** Ending or changing a stream of a table loses what its readers have not read yet. */
const isStreamEnded = (type: string, { before, after }: Change): boolean => {
  if (type !== 'aws_dynamodb_table') return false;
  const [was, is] = [before, after].map((side) => (side ?? {}) as Readonly<Record<string, unknown>>);
  if (was?.stream_enabled !== true) return false;
  return is?.stream_enabled !== true || is.stream_view_type !== was.stream_view_type;
};

type Index = {
  readonly name?: string;
  readonly hash_key?: string;
  readonly range_key?: string;
  readonly projection_type?: string;
};

/** The indexes of a table that would go, or would be built anew because their keys or projection change. */
const indexesLost = (type: string, { before, after }: Change): readonly string[] => {
  if (type !== 'aws_dynamodb_table') return [];
  const [was, is] = [before, after].map((side) => {
    const indexes = (side as { readonly global_secondary_index?: readonly Index[] } | null | undefined)
      ?.global_secondary_index;
    return new Map((indexes ?? []).map((index) => [index.name ?? '', formOf(index)]));
  });
  return [...(was ?? [])].filter(([name, form]) => is?.get(name) !== form).map(([name]) => name);
};

const formOf = ({ hash_key, range_key, projection_type }: Index): string =>
  JSON.stringify([hash_key ?? '', range_key ?? '', projection_type ?? '']);
