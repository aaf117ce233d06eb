# The pipeline, in a root and a state of its own: applied by hand, never by itself, so that it cannot lock itself out.

terraform {
  backend "s3" {
    key          = "pipeline/terraform.tfstate"
    use_lockfile = true
    encrypt      = true
  }
}

provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account_id]
  default_tags {
    tags = { Project = "penstock", Environment = "pipeline", ManagedBy = "terraform" }
  }
}

module "pipeline" {
  source         = "../../modules/pipeline"
  region         = var.region
  account_id     = var.account_id
  repository     = var.repository
  environments   = var.environments
  terraform      = var.terraform
  approver_email = var.approver_email
}

output "connection" {
  value = module.pipeline.connection
}

output "deployers" {
  value = module.pipeline.deployers
}

output "facts" {
  value = module.pipeline.facts
}
