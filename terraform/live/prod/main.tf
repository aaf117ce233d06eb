terraform {
  backend "s3" {
    key          = "prod/terraform.tfstate"
    use_lockfile = true
    encrypt      = true
  }
}

provider "aws" {
  region              = var.region
  allowed_account_ids = var.account_id == null ? null : [var.account_id]
  default_tags {
    tags = { Project = "penstock", Environment = "prod", ManagedBy = "terraform" }
  }
}

module "shop" {
  source               = "../../modules/shop"
  environment          = "prod"
  release_dir          = var.release_dir
  release              = var.release
  staff_networks       = var.staff_networks
  lambda_runtime       = var.lambda_runtime
  permissions_boundary = var.permissions_boundary
  alarm_email          = var.alarm_email
  protected            = true
  recovery             = true
  log_retention_days   = 30
  budget_usd           = 500
  web_acl_arn          = var.web_acl_arn
  domains              = var.domains
  reserved_concurrency = var.reserved_concurrency
}

output "addresses" {
  value = module.shop.addresses
}

output "wscat" {
  value = module.shop.wscat
}

output "facts" {
  value = module.shop.facts
}
