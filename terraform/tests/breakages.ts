/**
 * Planted breakages: for each assertion and each expected failure of tests/*.tftest.hcl, an edit of the modules that must
 * turn it red. `sign` is the assertion's message up to its colon's end, or the name of the run that expects a failure.
 */
export type Breakage = {
  readonly sign: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
};

const breakage = (sign: string, file: string, find: string, replace: string): Breakage => ({
  sign,
  file,
  find,
  replace,
});

const shop = 'modules/shop/main.tf';
const functions = 'modules/shop/functions.tf';
const edge = 'modules/shop/edge.tf';
const site = 'modules/site/main.tf';
const table = 'modules/table/main.tf';
const queue = 'modules/queue/main.tf';
const called = 'modules/function/main.tf';
const rest = 'modules/rest-api/main.tf';

/** Makes a `validation` let everything pass; its condition must still name the variable. */
const lax = (run: string, file: string, condition: string): Breakage =>
  breakage(run, file, `condition     = ${condition}`, `condition     = (${condition}) || true`);

export const breakages: readonly Breakage[] = [
  // environments.tftest.hcl
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
  breakage('prod: the admin API lets foreign networks in.', rest, 'NotIpAddress =', 'IpAddress ='),
  breakage(
    'prod: a bucket can be read without HTTPS.',
    'modules/images/main.tf',
    '"aws:SecureTransport" = "false"',
    '"aws:SecureTransport" = "true"',
  ),
  breakage(
    'prod: a bucket can be read by another distribution than its own.',
    site,
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
    'modules/monitoring/main.tf',
    '"${each.key}-not-empty"',
    '"${each.key}-filled"',
  ),
  breakage(
    'prod: a table has no alarm on its throttled share.',
    'modules/monitoring/main.tf',
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
    'protected           = false',
    'protected           = true',
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
    'an_unknown_environment',
    'modules/shop/variables.tf',
    'contains(["local", "dev", "staging", "prod"], var.environment)',
  ),
  lax(
    'an_unknown_table',
    'modules/shop/variables.tf',
    'alltrue([for key in keys(var.capacity) : contains(["products", "baskets", "orders", "connections", "operations", "views"], key)])',
  ),
  lax('prod_without_a_domain', 'live/prod/variables.tf', 'var.domains != null'),
  // modules.tftest.hcl
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
    'for_each  = var.emulated ? {} :',
    'for_each  = !var.emulated ? {} :',
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
  breakage(
    'queue: the default FIFO takes 300 messages a second',
    queue,
    'local.high ? "perMessageGroupId" : null',
    'local.high ? "perQueue" : null',
  ),
  breakage('queue: an accepted write may expire', queue, 'var.definition.retentionDays * 24 * 60 * 60', '345600'),
  breakage(
    'queue: no dead-letter queue catches',
    queue,
    'maxReceiveCount     = var.dead_letter.max_receives',
    'maxReceiveCount     = 1',
  ),
  breakage(
    'queue: reachable without HTTPS.',
    queue,
    '"aws:SecureTransport" = "false"',
    '"aws:SecureTransport" = "true"',
  ),
  breakage(
    'queue_hidden_too_short',
    queue,
    'var.definition.visibilitySeconds >= 6 * var.consumer_timeout',
    'var.definition.visibilitySeconds >= var.consumer_timeout',
  ),
  lax(
    'queue_received_too_often',
    'modules/queue/variables.tf',
    'var.dead_letter == null || (try(var.dead_letter.max_receives, 0) >= 1 && try(var.dead_letter.max_receives, 0) <= 1000)',
  ),
  breakage('table: protection or recovery is off.', table, 'enabled = var.recovery', 'enabled = false'),
  breakage('table: the stream lacks the images', table, '"NEW_AND_OLD_IMAGES"', '"KEYS_ONLY"'),
  breakage(
    "table: an index below its table's capacity throttles the table.",
    table,
    'write_capacity     = local.on_demand ? null : var.capacity.write\n      projection_type',
    'write_capacity     = local.on_demand ? null : 5\n      projection_type',
  ),
  breakage('table: rows do not expire.', table, 'attribute_name = ttl.value', 'attribute_name = "ttl"'),
  lax(
    'table_without_units',
    'modules/table/variables.tf',
    'var.capacity.mode == "on-demand" || (coalesce(var.capacity.write, 0) >= 1 && coalesce(var.capacity.read, 0) >= 1)',
  ),
  breakage(
    'table_with_a_scaled_index',
    table,
    '!local.autoscaled || length(local.indexes) == 0',
    '!local.autoscaled || length(local.indexes) < 9',
  ),
  breakage(
    'function: its role carries no boundary.',
    called,
    'permissions_boundary = var.permissions_boundary',
    'permissions_boundary = null',
  ),
  breakage('function: nothing to roll back to.', called, 'publish          = true', 'publish          = false'),
  breakage(
    'function: logs are kept for ever.',
    called,
    'retention_in_days = var.log_retention_days',
    'retention_in_days = 0',
  ),
  breakage('function: not on arm64.', called, '["arm64"]', '["x86_64"]'),
  breakage(
    'function_without_its_zip',
    called,
    'condition     = fileexists(local.zip)',
    'condition     = local.zip != ""',
  ),
  lax(
    'function_on_another_runtime',
    'modules/function/variables.tf',
    'can(regex("^nodejs[0-9]+\\\\.x$", var.runtime))',
  ),
  breakage(
    'socket-api: what a handler returns reaches the socket only through a route response.',
    'modules/socket-api/main.tf',
    'for key, route in var.socket.routes : key => route if route.answers',
    'for key, route in var.socket.routes : key => route',
  ),
  breakage(
    'socket-api: frames are posted to https and the stage.',
    'modules/socket-api/outputs.tf',
    '"wss://", "https://")}/${local.stage}"',
    '"wss://", "https://")}"',
  ),
  breakage(
    'socket-api: the grant to post frames is wider than posting.',
    'modules/socket-api/outputs.tf',
    '/POST/@connections/*',
    '/*',
  ),
  breakage('site: pages are served without HTTPS.', site, '"redirect-to-https"', '"allow-all"'),
  breakage(
    'site: the API or pictures are served without HTTPS.',
    site,
    'viewer_protocol_policy   = "https-only"',
    'viewer_protocol_policy   = "allow-all"',
  ),
  breakage('site: CloudFront keeps an error for 10 s', site, 'error_caching_min_ttl = 0', 'error_caching_min_ttl = 10'),
  breakage(
    'site: an error of the API would become a page.',
    site,
    'error_code            = custom_error_response.value',
    'error_code            = custom_error_response.value\n      response_page_path = "/index.html"\n      response_code = 200',
  ),
  breakage(
    'site: the bucket can be made public.',
    site,
    'restrict_public_buckets = true',
    'restrict_public_buckets = false',
  ),
  breakage(
    'site: a protected bucket is destroyed with what it holds.',
    site,
    'force_destroy = !var.protected',
    'force_destroy = true',
  ),
  breakage(
    'site: the API does not learn who asks',
    'modules/site/edge/api.js',
    "request.headers['x-viewer-ip']",
    "request.headers['x-viewer']",
  ),
  breakage(
    'site: answers of the API are cached.',
    site,
    'cache_policy_id          = local.caching_disabled',
    'cache_policy_id          = local.caching_optimized',
  ),
  lax('site_with_a_wildcard', 'modules/site/variables.tf', '!strcontains(var.content_security_policy, "*")'),
  breakage(
    'site: the allow-list is not in the function',
    site,
    'is_ipv6_enabled = length(var.networks) == 0',
    'is_ipv6_enabled = true',
  ),
  breakage('admin-api: behind an edge the source address', rest, '["REGIONAL"]', '["EDGE"]'),
  breakage(
    'admin-api: staff cannot read what the gateway refuses.',
    rest,
    'for name in ["Access-Control-Allow-Origin", "Access-Control-Expose-Headers"]',
    'for name in ["Access-Control-Max-Age", "Access-Control-Expose-Headers"]',
  ),
  breakage(
    'admin-api: a path has no preflight.',
    rest,
    'paths = setunion(local.level_1, local.level_2, local.level_3)',
    'paths = setunion(local.level_1, local.level_2)',
  ),
  breakage(
    'admin-api: a route may not call its function.',
    rest,
    'resource "aws_lambda_permission" "this" {\n  for_each      = local.routes',
    'resource "aws_lambda_permission" "this" {\n  for_each      = { for key, route in local.routes : key => route if route.method == "GET" }',
  ),
  lax('admin_api_without_networks', 'modules/rest-api/variables.tf', 'length(var.staff_networks) > 0'),
];
