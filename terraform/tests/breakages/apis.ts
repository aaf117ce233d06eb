import { type Breakage, breakage, lax } from './kind.ts';

const rest = 'modules/rest-api/main.tf';
const cors = 'modules/rest-api/cors.tf';
const stage = 'modules/rest-api/stage.tf';
const http = 'modules/http-api/main.tf';

/** Of modules/rest-api, modules/http-api, modules/waf and modules/images. */
export const apis: readonly Breakage[] = [
  breakage('admin-api: behind an edge the source address', rest, '["REGIONAL"]', '["EDGE"]'),
  breakage(
    'admin-api: staff cannot read what the gateway refuses.',
    cors,
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
  breakage(
    'admin-api: what the gateway refuses is no problem',
    cors,
    "'application/problem+json'",
    "'application/json'",
  ),
  breakage(
    'admin-api: a change of the networks is stored',
    stage,
    'var.staff_networks, var.admin_origin',
    'var.admin_origin',
  ),
  breakage('admin-api: nobody learns who', stage, '"$context.resourcePath"', '"$context.path"'),
  breakage(
    'shop-api: a flood of orders takes',
    http,
    'throttling_rate_limit  = var.writes_per_second',
    'throttling_rate_limit  = var.rate_per_second',
  ),
  breakage(
    'shop-api: a route may not call its function',
    http,
    'qualifier     = var.functions[each.value].alias_name',
    'qualifier     = null',
  ),
  breakage('shop-api: the log holds the keys to baskets.', http, '"$context.routeKey"', '"$context.path"'),
  breakage('shop-api: functions get another shape', http, '"2.0"', '"1.0"'),
  breakage(
    'waf: one address may order without end.',
    'modules/waf/main.tf',
    'baskets = { priority = 2, path = "/api/baskets", limit = var.limits.baskets }\n',
    '',
  ),
  breakage(
    'waf: who is limited is not told so',
    'modules/waf/main.tf',
    'custom_response_body_key = "rate-limited"\n',
    '\n',
  ),
  breakage(
    'waf: the runner of load tests is held back.',
    'modules/waf/main.tf',
    'addresses          = var.unlimited_networks',
    'addresses          = []',
  ),
  lax(
    'a_limit_that_waf_refuses',
    'modules/waf/variables.tf',
    'alltrue([for limit in values(var.limits) : limit >= 10])',
  ),
  breakage('images: uploads that nobody finished', 'modules/images/main.tf', 'days = rule.value', 'days = 365'),
  breakage(
    'images: other pages than',
    'modules/images/main.tf',
    'allowed_methods = ["POST"]',
    'allowed_methods = ["POST", "PUT"]',
  ),
  breakage(
    'images: the bucket can be made public',
    'modules/images/main.tf',
    'block_public_policy     = true',
    'block_public_policy     = false',
  ),
];
