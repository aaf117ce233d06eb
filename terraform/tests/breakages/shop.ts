import { type Breakage, breakage } from './kind.ts';

const shop = 'modules/shop/main.tf';
const functions = 'modules/shop/functions.tf';

/** Of modules/shop: what feeds the functions, and what they may do. */
export const shopModule: readonly Breakage[] = [
  breakage(
    'shop: a mapping fails its whole batch for one record.',
    functions,
    'each.value.enabled\n  function_response_types            = each.value.partialResponses ? ["ReportBatchItemFailures"] : []',
    'each.value.enabled\n  function_response_types            = []',
  ),
  breakage(
    'shop: a queue mapping has no ceiling on its concurrency.',
    functions,
    '  scaling_config {\n    maximum_concurrency = each.value.concurrency\n  }\n',
    '',
  ),
  breakage(
    'shop: a stream mapping retries for ever',
    functions,
    'maximum_retry_attempts             = each.value.retries',
    'maximum_retry_attempts             = -1',
  ),
  breakage(
    'shop: a dead-letter queue takes messages from anywhere.',
    shop,
    'for_each  = var.emulator != null ? {} :',
    'for_each  = var.emulator == null ? {} :',
  ),
  breakage(
    'shop: functions look for queues elsewhere.',
    functions,
    '/${local.account}/${local.prefix}"',
    '/${local.prefix}"',
  ),
  breakage(
    "shop: a function's environment is incomplete or holds a secret.",
    functions,
    'LOG_LEVEL                                = "info"',
    'LOG_LEVEL                                = ""',
  ),
  breakage('shop: a drain may not settle its messages.', functions, '"sqs:DeleteMessage", ', ''),
  breakage(
    'shop: a worker may send to the queue that it drains',
    shop,
    'jsondecode(file("${path.module}/../../../topology.json"))',
    'jsondecode(replace(file("${path.module}/../../../topology.json"), "\\"place-orders\\": {\\n      \\"queue\\": \\"orders\\"", "\\"place-orders\\": {\\n      \\"queue\\": \\"baskets\\""))',
  ),
];
