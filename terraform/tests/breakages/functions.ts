import { type Breakage, breakage, lax } from './kind.ts';

const called = 'modules/function/main.tf';

/** Of modules/function and modules/socket-api. */
export const functionModules: readonly Breakage[] = [
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
  breakage('function: one error', called, 'datapoints_to_alarm = 2', 'datapoints_to_alarm = 1'),
  breakage('function: nobody hears that it is not run.', called, '"Throttles"', '"Errors"'),
  breakage('function: metric filters find no JSON', called, 'log_format = "Text"', 'log_format = "JSON"'),
];
