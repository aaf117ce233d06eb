import { own } from '@penstock/domain/own';
import { isObject, type Json } from '#database/gate/json';

/**
 * The attributes that an expression of a call sets or asks for with a plain `name = :value`: the partition key of a
 * query, and the index keys that an update writes. What an expression computes is not known here.
 */
export const equalitiesOf = (
  expression: unknown,
  { ExpressionAttributeNames, ExpressionAttributeValues }: Json,
): Json => {
  if (typeof expression !== 'string' || !isObject(ExpressionAttributeValues)) return {};
  const names = isObject(ExpressionAttributeNames) ? ExpressionAttributeNames : {};
  const found = [...expression.matchAll(/(#?[A-Za-z_][\w-]*)\s*=\s*(:\w+)/g)].flatMap(([, name = '', value = '']) => {
    const attribute = name.startsWith('#') ? own(names, name) : name;
    return typeof attribute === 'string' ? [[attribute, own(ExpressionAttributeValues, value)] as const] : [];
  });
  return Object.fromEntries(found);
};
