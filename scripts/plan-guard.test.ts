import { describe, expect, it } from 'vitest';
import { forbiddenChanges } from './plan-guard.ts';

const planOf = (type: string, actions: readonly string[], sides: { before?: unknown; after?: unknown } = {}) => ({
  format_version: '1.2',
  resource_changes: [{ address: `module.shop.${type}.this["orders"]`, type, change: { actions, ...sides } }],
});

describe('the guard of a plan', () => {
  it.each([
    ['aws_dynamodb_table', ['delete'], 'would delete'],
    ['aws_dynamodb_table', ['delete', 'create'], 'would replace'],
    ['aws_sqs_queue', ['create', 'delete'], 'would replace'],
    ['aws_s3_bucket', ['delete'], 'would delete'],
    ['aws_ssm_parameter', ['delete'], 'would delete'],
    ['aws_cloudfront_distribution', ['delete', 'create'], 'would replace'],
    ['aws_cloudfront_key_value_store', ['create', 'delete'], 'would replace'],
    ['aws_apigatewayv2_api', ['delete'], 'would delete'],
    ['aws_api_gateway_rest_api', ['delete', 'create'], 'would replace'],
  ])('stops a %s that is to be %j, and says how to allow it', (type, actions, says) => {
    const [sentence] = forbiddenChanges(planOf(type, actions), []);
    expect(sentence).toContain(says);
    expect(sentence).toContain(`--allow-destroy 'module.shop.${type}.this["orders"]'`);
  });

  it('lets go what is named by its address, and nothing beside it', () => {
    const plan = planOf('aws_sqs_queue', ['delete']);
    expect(forbiddenChanges(plan, ['module.shop.aws_sqs_queue.this["orders"]'])).toEqual([]);
    expect(forbiddenChanges(plan, ['module.shop.aws_sqs_queue.this'])).toHaveLength(1);
  });

  it('stops the end of a stream and a stream that shows other images', () => {
    const stream = (stream_enabled: boolean, stream_view_type: string) => ({ stream_enabled, stream_view_type });
    const update = (after: object) =>
      forbiddenChanges(
        planOf('aws_dynamodb_table', ['update'], { before: stream(true, 'NEW_AND_OLD_IMAGES'), after }),
        [],
      );
    expect(update(stream(false, ''))).toHaveLength(1);
    expect(update(stream(true, 'KEYS_ONLY'))).toHaveLength(1);
    expect(update(stream(true, 'NEW_AND_OLD_IMAGES'))).toEqual([]);
  });

  it('stops the loss of an index, and one that is built anew with other keys', () => {
    const index = (name: string, hash_key: string, write_capacity = 5) => ({
      name,
      hash_key,
      range_key: 'recentAt',
      projection_type: 'KEYS_ONLY',
      write_capacity,
    });
    const table = (...global_secondary_index: readonly object[]) => ({ global_secondary_index });
    const change = (after: object) =>
      forbiddenChanges(
        planOf('aws_dynamodb_table', ['update'], {
          before: table(index('open', 'openShard'), index('recent', 'day')),
          after,
        }),
        [],
      );
    expect(change(table(index('open', 'openShard')))).toEqual([expect.stringContaining('index recent')]);
    expect(change(table(index('open', 'status'), index('recent', 'day')))).toEqual([
      expect.stringContaining('index open'),
    ]);
    expect(change(table(index('recent', 'day', 50), index('open', 'openShard'), index('by-number', 'number')))).toEqual(
      [],
    );
  });

  it.each([
    undefined,
    {},
    { format_version: '2.0', resource_changes: [] },
    { format_version: '1.0', values: {} },
    { format_version: '1.2', errored: true, resource_changes: [] },
  ])('stops a plan that it cannot read: %j', (plan) => {
    expect(forbiddenChanges(plan, [])).toHaveLength(1);
  });

  it('lets everything else pass', () => {
    expect(forbiddenChanges(planOf('aws_lambda_function', ['delete', 'create']), [])).toEqual([]);
    expect(forbiddenChanges(planOf('aws_dynamodb_table', ['create']), [])).toEqual([]);
    expect(forbiddenChanges({ format_version: '1.2' }, [])).toEqual([]);
  });
});
