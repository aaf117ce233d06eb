variable "name" {
  type        = string
  description = "Of the pipeline; roles and projects begin with it."
  default     = "penstock-pipeline"
}

variable "region" {
  type        = string
  description = "Of the pipeline and of every environment."
}

variable "account_id" {
  type        = string
  description = "The account of the pipeline itself."
}

variable "repository" {
  type        = string
  description = "owner/name at GitHub."

  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.repository))
    error_message = "repository is ${var.repository}; it must be owner/name, without an address before it."
  }
}

variable "branch" {
  type    = string
  default = "main"
}

variable "environments" {
  type        = map(object({ account_id = string }))
  description = "The account of each environment."

  validation {
    condition     = toset(keys(var.environments)) == toset(["dev", "staging", "prod"])
    error_message = "environments names ${join(", ", keys(var.environments))}; it must name dev, staging and prod, because a release goes through all three."
  }
  validation {
    condition     = alltrue([for each in values(var.environments) : can(regex("^[0-9]{12}$", each.account_id))])
    error_message = "environments has an account_id that is no twelve digits: ${join(", ", [for name, each in var.environments : "${name} ${each.account_id}" if !can(regex("^[0-9]{12}$", each.account_id))])}."
  }
  validation {
    condition     = length(distinct([for each in values(var.environments) : each.account_id])) == length(var.environments)
    error_message = "environments names one account twice: ${join(", ", [for name, each in var.environments : "${name} ${each.account_id}"])}. Each needs one of its own, because nothing else parts the rights to CloudFront and the APIs, which carry no names."
  }
}

variable "terraform" {
  type        = object({ version = string, sha256 = string })
  description = "The Terraform that builds install: its version, and the SHA-256 of its linux_amd64 zip from HashiCorp's SHA256SUMS."

  validation {
    condition     = can(regex("^[0-9]+\\.[0-9]+\\.[0-9]+$", var.terraform.version))
    error_message = "terraform.version is ${var.terraform.version}; it must be exact, such as 1.11.4."
  }
  validation {
    condition     = can(regex("^[0-9a-f]{64}$", var.terraform.sha256))
    error_message = "terraform.sha256 is ${var.terraform.sha256}; it must be the 64 hexadecimal digits of the linux_amd64 zip in SHA256SUMS."
  }
}

variable "approver_email" {
  type        = string
  description = "Who is asked before prod, and told of a run that failed."

  validation {
    condition     = can(regex("^[^@ ]+@[^@ ]+\\.[^@ ]+$", var.approver_email))
    error_message = "approver_email is ${var.approver_email}; it must be an e-mail address, or nobody hears that prod waits."
  }
}

variable "log_retention_days" {
  type    = number
  default = 30
}
