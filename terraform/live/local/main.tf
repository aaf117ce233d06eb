# The same shop on an emulator on this machine: `npm run deploy:emulated` sets AWS_ENDPOINT_URL and applies it.

provider "aws" {
  region                      = "eu-west-2"
  access_key                  = "test"
  secret_key                  = "test"
  s3_use_path_style           = true
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  max_retries                 = 3
}

module "shop" {
  source             = "../../modules/shop"
  environment        = "local"
  release_dir        = var.release_dir
  release            = var.release
  staff_networks     = ["127.0.0.1/32"]
  protected          = false
  recovery           = false
  log_retention_days = 1
  emulator           = var.endpoint
}

output "addresses" {
  value = module.shop.addresses
}

output "apis" {
  description = "Ids: the emulator answers below /_aws/execute-api/ID/STAGE."
  value       = module.shop.apis
}

output "facts" {
  value = module.shop.facts
}
