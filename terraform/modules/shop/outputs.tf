output "addresses" {
  description = "What people and the deploy command need."
  value = {
    shop          = local.shop_origin
    admin         = local.admin_origin
    admin_api     = module.admin_api.url
    socket        = module.socket_api.url
    shop_bucket   = module.shop_site.bucket
    admin_bucket  = module.admin_site.bucket
    images_bucket = module.images.bucket
    distributions = { shop = module.shop_site.distribution_id, admin = module.admin_site.distribution_id }
    secret_store  = module.shop_site.key_value_store_arn
    secret_prefix = local.secret_prefix
  }
}

output "apis" {
  description = "Ids of the three APIs."
  value       = { shop = module.shop_api.id, admin = module.admin_api.id, socket = module.socket_api.id }
}

output "wscat" {
  description = "Watch the frames of this environment."
  value       = "npx wscat --connect '${module.socket_api.url}?audience=shop' --origin '${local.shop_origin}' --execute '{\"action\":\"subscribe\",\"topics\":[\"catalogue\"]}' --wait -1"
}

output "facts" {
  description = "What tests assert of an environment."
  value = {
    policies     = { for name, function in module.function : name => function.policy }
    admin_policy = module.admin_api.policy
    site_policies = {
      shop   = module.shop_site.policy
      admin  = module.admin_site.policy
      images = module.images.policy
    }
    capacities   = local.capacities
    protected    = var.protected
    recovery     = var.recovery
    retention    = var.log_retention_days
    reserved     = local.reserved
    web_acl      = var.web_acl_arn
    dead_letters = local.dead_letter_keys
    alarms       = module.monitoring.alarms
    shop_routes  = module.shop_api.routes
    boundary     = var.permissions_boundary
  }
}
