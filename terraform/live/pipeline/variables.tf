variable "region" {
  type    = string
  default = "eu-west-2"
}

variable "account_id" {
  type        = string
  description = "The one account that the pipeline lives in."

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id is ${var.account_id}; it must be the twelve digits of the pipeline's account."
  }
}

variable "repository" {
  type        = string
  description = "owner/name at GitHub."
}

variable "environments" {
  type        = map(object({ account_id = string }))
  description = "The account of dev, staging and prod: { dev = { account_id = \"111122223333\" }, … }."
}

variable "terraform" {
  type        = object({ version = string, sha256 = string })
  description = "The Terraform of the builds, and the SHA-256 of its linux_amd64 zip from HashiCorp's SHA256SUMS."
}

variable "approver_email" {
  type        = string
  description = "Who is asked before prod, and told of a run that failed."
}
