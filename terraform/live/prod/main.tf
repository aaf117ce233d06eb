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

# Firewalls of CloudFront live in us-east-1.
provider "aws" {
  alias               = "us_east_1"
  region              = "us-east-1"
  allowed_account_ids = var.account_id == null ? null : [var.account_id]
  default_tags {
    tags = { Project = "penstock", Environment = "prod", ManagedBy = "terraform" }
  }
}

module "waf" {
  source             = "../../modules/waf"
  count              = var.waf ? 1 : 0
  name               = "penstock-prod"
  unlimited_networks = var.unlimited_networks
  providers          = { aws = aws.us_east_1 }
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
  budget_usd           = 2000
  web_acl_arn          = one(module.waf[*].arn)
  domains              = var.domains
  reserve_workers      = var.reserve_workers
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
