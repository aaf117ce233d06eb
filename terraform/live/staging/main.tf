terraform {
  backend "s3" {
    key          = "staging/terraform.tfstate"
    use_lockfile = true
    encrypt      = true
  }
}

provider "aws" {
  region              = var.region
  allowed_account_ids = var.account_id == null ? null : [var.account_id]
  default_tags {
    tags = { Project = "penstock", Environment = "staging", ManagedBy = "terraform" }
  }
}

# Firewalls of CloudFront live in us-east-1.
provider "aws" {
  alias               = "us_east_1"
  region              = "us-east-1"
  allowed_account_ids = var.account_id == null ? null : [var.account_id]
  default_tags {
    tags = { Project = "penstock", Environment = "staging", ManagedBy = "terraform" }
  }
}

module "waf" {
  source             = "../../modules/waf"
  count              = var.waf ? 1 : 0
  name               = "penstock-staging"
  unlimited_networks = var.unlimited_networks
  providers          = { aws = aws.us_east_1 }
}

module "shop" {
  source               = "../../modules/shop"
  environment          = "staging"
  release_dir          = var.release_dir
  release              = var.release
  staff_networks       = var.staff_networks
  lambda_runtime       = var.lambda_runtime
  permissions_boundary = var.permissions_boundary
  alarm_email          = var.alarm_email
  protected            = false
  recovery             = true
  log_retention_days   = 14
  budget_usd           = 500
  web_acl_arn          = one(module.waf[*].arn)
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
