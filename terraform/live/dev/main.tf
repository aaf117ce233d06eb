terraform {
  backend "s3" {
    key          = "dev/terraform.tfstate"
    use_lockfile = true
    encrypt      = true
  }
}

provider "aws" {
  region              = var.region
  allowed_account_ids = var.account_id == null ? null : [var.account_id]
  default_tags {
    tags = { Project = "penstock", Environment = "dev", ManagedBy = "terraform" }
  }
}

module "shop" {
  source               = "../../modules/shop"
  environment          = "dev"
  release_dir          = var.release_dir
  release              = var.release
  staff_networks       = var.staff_networks
  lambda_runtime       = var.lambda_runtime
  permissions_boundary = var.permissions_boundary
  alarm_email          = var.alarm_email
  protected            = false
  recovery             = false
  log_retention_days   = 7
  budget_usd           = 75
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
