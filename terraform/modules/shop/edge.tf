# The three APIs, the two sites, and who may reach them.

locals {
  shop_origin  = "https://${module.shop_site.host}"
  admin_origin = "https://${module.admin_site.host}"
  callable = {
    for name, function in module.function : name => {
      name             = function.name
      alias_name       = function.alias_name
      alias_arn        = function.alias_arn
      alias_invoke_arn = function.alias_invoke_arn
    }
  }
  # The same words as local/src/edge/headers.ts; hosts by name.
  policy_parts = ["img-src 'self' blob: data:", "style-src 'self' 'unsafe-inline'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"]
  images_host  = module.images.regional_domain
  # No name of an emulated API resolves: its path form is the one address that works.
  emulator = try(regex("^http://(?P<host>[0-9.]+):(?P<port>[0-9]+)$", var.emulator), null)
}

module "shop_api" {
  source             = "../http-api"
  name               = "${local.prefix}shop-api"
  routes             = local.topology.routes.shop
  functions          = local.callable
  rate_per_second    = var.rates.shop_api
  writes_per_second  = var.rates.shop_writes
  log_retention_days = var.log_retention_days
}

module "admin_api" {
  source             = "../rest-api"
  name               = "${local.prefix}admin-api"
  routes             = local.topology.routes.admin
  functions          = local.callable
  staff_networks     = var.staff_networks
  admin_origin       = local.admin_origin
  rate_per_second    = var.rates.admin_api
  region             = local.region
  log_retention_days = var.log_retention_days
  access_logs        = var.emulator == null
  preflight_method   = var.emulator != null ? "POST" : null
}

module "socket_api" {
  source             = "../socket-api"
  name               = "${local.prefix}socket"
  socket             = { selection = local.topology.socket.selection, routes = local.topology.socket.routes }
  function           = local.callable[local.topology.socket.routes["$connect"].function]
  rate_per_second    = var.rates.socket
  log_retention_days = var.log_retention_days
  access_logs        = var.emulator == null
}

module "shop_site" {
  source                  = "../site"
  name                    = "${local.prefix}shop"
  bucket                  = "${local.prefix}storefront-${local.account}"
  emulated                = var.emulator != null
  images_domain           = local.images_host
  api_host                = module.shop_api.host
  api_door                = local.emulator == null ? null : { host = local.emulator.host, port = local.emulator.port, path = "/_aws/execute-api/${module.shop_api.id}/$default" }
  content_security_policy = join("; ", concat(["default-src 'self'", "connect-src 'self' wss://${module.socket_api.host}"], local.policy_parts))
  web_acl_arn             = var.web_acl_arn
  domain                  = try(var.domains.shop, null)
  certificate_arn         = try(var.domains.certificate_arn, null)
  protected               = var.protected
}

module "admin_site" {
  source                  = "../site"
  name                    = "${local.prefix}admin"
  bucket                  = "${local.prefix}admin-${local.account}"
  emulated                = var.emulator != null
  images_domain           = local.images_host
  networks                = var.staff_networks
  content_security_policy = join("; ", concat(["default-src 'self'", "connect-src 'self' https://${module.admin_api.host} wss://${module.socket_api.host} https://${local.images_host}"], local.policy_parts))
  domain                  = try(var.domains.admin, null)
  certificate_arn         = try(var.domains.certificate_arn, null)
  protected               = var.protected
}

module "monitoring" {
  source               = "../monitoring"
  name                 = trimsuffix(local.prefix, "-")
  region               = local.region
  account_id           = local.account
  tables               = [for key in keys(local.topology.tables) : "${local.prefix}${key}"]
  shop_api_id          = module.shop_api.id
  admin_api_name       = "${local.prefix}admin-api"
  worker_log_groups    = { for name, called in local.topology.functions : name => module.function[name].log_group if called.workspace == "workers" }
  stream_functions     = distinct([for source in values(local.topology.eventSources) : "${local.prefix}${source.function}" if can(source.stream)])
  dead_letter_queues   = [for key in local.dead_letter_keys : local.topology.queues[key].kind == "fifo" ? "${local.prefix}${key}.fifo" : "${local.prefix}${key}"]
  apply_age_log_groups = { for name, source in local.topology.eventSources : name => module.function[source.function].log_group if contains(keys(local.write_queues), try(source.queue, "")) }
  write_queues         = values(local.write_queues)
  thresholds           = local.topology.alarms
  alarm_email          = var.alarm_email
  budget_usd           = var.budget_usd
}
