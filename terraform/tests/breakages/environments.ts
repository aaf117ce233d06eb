import { type Breakage, breakage, lax } from './kind.ts';

const shop = 'modules/shop/main.tf';
const functions = 'modules/shop/functions.tf';
const edge = 'modules/shop/edge.tf';

/** Of environments.tftest.hcl, and of what an environment refuses. */
export const environments: readonly Breakage[] = [
  breakage(
    "dev: capacity is not the topology's.",
    shop,
    'tonumber(table.capacity[var.environment].write)',
    'tonumber(7)',
  ),
  breakage(
    'dev: is to be thrown away easily.',
    'live/dev/main.tf',
    'log_retention_days   = 7',
    'log_retention_days   = 90',
  ),
  breakage(
    'staging: recovery is tried here, and logs are kept for two weeks.',
    'live/staging/main.tf',
    'recovery             = true',
    'recovery             = false',
  ),
  breakage(
    'prod: deletion protection and point-in-time recovery are on.',
    'live/prod/main.tf',
    'protected            = true',
    'protected            = false',
  ),
  breakage(
    'prod: capacity of orders and products is at least 100.',
    'live/prod/main.tf',
    'environment          = "prod"',
    'environment          = "prod"\n  capacity = { orders = { mode = "fixed", write = 5, read = 5 } }',
  ),
  breakage(
    "prod: a function's role has a wildcard action.",
    functions,
    '"sqs:ReceiveMessage", "sqs:DeleteMessage"',
    '"sqs:*", "sqs:DeleteMessage"',
  ),
  breakage(
    "prod: a function's role has a bare * resource",
    functions,
    '{ actions = ["sqs:SendMessage"], resources = [local.queue_arns[source.onFailure]] }',
    '{ actions = ["sqs:SendMessage"], resources = ["*"] }',
  ),
  breakage('prod: a function may Scan.', functions, '"dynamodb:GetShardIterator"]', '"dynamodb:Scan"]'),
  breakage(
    'prod: the admin API lets foreign networks in.',
    'modules/rest-api/guard.tf',
    'NotIpAddress =',
    'IpAddress =',
  ),
  breakage(
    'prod: a bucket can be read without HTTPS.',
    'modules/images/main.tf',
    '"aws:SecureTransport" = "false"',
    '"aws:SecureTransport" = "true"',
  ),
  breakage(
    'prod: a bucket can be read by another distribution than its own.',
    'modules/site/bucket.tf',
    'Condition = { StringEquals = { "AWS:SourceArn" = aws_cloudfront_distribution.this.arn } }',
    'Condition = {}',
  ),
  breakage(
    'prod: pictures that were not checked can be read.',
    'modules/images/main.tf',
    '${aws_s3_bucket.this.arn}/${prefix}*',
    '${aws_s3_bucket.this.arn}/*',
  ),
  breakage(
    'prod: a dead-letter queue has no alarm.',
    'modules/monitoring/queues.tf',
    '"${each.key}-not-empty"',
    '"${each.key}-filled"',
  ),
  breakage(
    'prod: a table has no alarm on its throttled share.',
    'modules/monitoring/tables.tf',
    '"${each.key}-throttled"',
    '"${each.key}-slow"',
  ),
  breakage(
    'prod: roles carry no permission boundary.',
    'live/prod/main.tf',
    'permissions_boundary = var.permissions_boundary',
    'permissions_boundary = null',
  ),
  breakage(
    'prod: a shop route lacks the /api prefix',
    edge,
    'routes             = local.topology.routes.shop',
    'routes             = [for route in local.topology.routes.shop : merge(route, { path = trimprefix(route.path, "/api") })]',
  ),
  breakage(
    "local: the emulator's state is thrown away.",
    'live/local/main.tf',
    'protected          = false',
    'protected          = true',
  ),
  lax('no_staff_network', 'modules/shop/variables.tf', 'length(var.staff_networks) > 0'),
  lax(
    'the_world_as_staff',
    'modules/shop/variables.tf',
    'alltrue([for block in var.staff_networks : try(tonumber(split("/", block)[1]), 32) >= 8])',
  ),
  lax(
    'a_wrong_network',
    'modules/shop/variables.tf',
    'alltrue([for block in var.staff_networks : can(cidrhost(block, 0)) && can(regex("^[0-9.]+/[0-9]+$", block))])',
  ),
  lax(
    'an_emulator_that_is_no_address',
    'modules/shop/variables.tf',
    'var.emulator == null || can(regex("^http://[0-9.]+:[0-9]+$", var.emulator))',
  ),
  lax(
    'an_unknown_environment',
    'modules/shop/variables.tf',
    'contains(["local", "dev", "staging", "prod"], var.environment)',
  ),
  lax(
    'an_unknown_table',
    'modules/shop/variables.tf',
    'alltrue([for key in keys(var.capacity) : contains(keys(local.topology.tables), key)])',
  ),
  lax('prod_without_a_domain', 'live/prod/variables.tf', 'var.domains != null'),
  breakage(
    'prod: a flood of page views can take',
    'live/prod/main.tf',
    'reserve_workers      = var.reserve_workers',
    'reserve_workers      = false',
  ),
  breakage(
    'prod: a reservation keeps a reader of a stream',
    functions,
    '!contains(local.queue_consumers, name) ? -1',
    'called.workspace != "workers" ? -1',
  ),
  breakage(
    'prod: the lever of capacity may be moved',
    functions,
    'contains(["local", "dev"], var.environment) ? []',
    'contains(["local", "dev", "prod"], var.environment) ? []',
  ),
  breakage(
    'dev: the lever of capacity cannot be moved.',
    functions,
    'contains(["local", "dev"], var.environment) ? []',
    'contains(["local"], var.environment) ? []',
  ),
  breakage(
    'prod: a grant hangs on a table',
    functions,
    'concat(["${local.tables_arn}${split("/", on)[1]}"]',
    'concat([module.table[split("/", on)[1]].arn]',
  ),
  breakage(
    'prod: whether a function may decrypt',
    'modules/function/main.tf',
    '"kms:ViaService" = "ssm.*.amazonaws.com", ',
    '',
  ),
  breakage(
    'prod: a worker that does not run wakes nobody.',
    'modules/monitoring/queues.tf',
    '"${each.key}-no-progress"',
    '"${each.key}-slow"',
  ),
  breakage(
    'prod_without_what_it_needs',
    'live/prod/variables.tf',
    'condition     = var.alarm_email != null',
    'condition     = (var.alarm_email != null) || true',
  ),
  breakage(
    'prod: no firewall stands before the shop.',
    'live/prod/variables.tf',
    'About $10 a month at rest."\n  default     = true',
    'About $10 a month at rest."\n  default     = false',
  ),
  lax(
    'a_retention_that_logs_refuse',
    'modules/shop/variables.tf',
    'contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365], var.log_retention_days)',
  ),
];
