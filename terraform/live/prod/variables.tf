variable "region" {
  type    = string
  default = "eu-west-2"
}

variable "account_id" {
  type        = string
  description = "The one account that this may be applied to; null allows any."
  default     = null
}

variable "release_dir" {
  type        = string
  description = "Folder of the release's zips (`npm run release`)."
  default     = "../../../.penstock/release/functions"
}

variable "release" {
  type        = string
  description = "Commit of the release."
  default     = "unreleased"
}

variable "staff_networks" {
  type        = list(string)
  description = "IPv4 CIDR blocks from which staff work, for example [\"203.0.113.0/24\"]."
}

variable "lambda_runtime" {
  type    = string
  default = "nodejs22.x"
}

variable "permissions_boundary" {
  type        = string
  description = "ARN that bootstrap prints."
  default     = null

  validation {
    condition     = var.permissions_boundary != null
    error_message = "permissions_boundary is null: prod's roles need the boundary that terraform/bootstrap prints."
  }
}

variable "alarm_email" {
  type        = string
  description = "Who is woken. The person confirms it once, by the link in a mail."
  default     = null

  validation {
    condition     = var.alarm_email != null
    error_message = "alarm_email is null: in prod somebody must hear of an alarm."
  }
}

variable "reserve_workers" {
  type        = bool
  description = "Keeps executions for the workers. AWS wants a hundred free beside them: false in a new account, until its quota is raised."
  default     = true
}

variable "waf" {
  type        = bool
  description = "The storefront's firewall: limits for each address, and the lists of AWS. About $10 a month at rest."
  default     = true
}

variable "unlimited_networks" {
  type        = list(string)
  description = "IPv4 CIDR blocks that the firewall's limits do not hold, such as the runner of load tests."
  default     = []
}

variable "domains" {
  type        = object({ shop = string, admin = string, certificate_arn = string })
  description = "Own host names: the certificate of cloudfront.net would allow TLS 1.0."

  validation {
    condition     = var.domains != null
    error_message = "domains is null: prod needs own host names and a certificate in us-east-1, because that of cloudfront.net allows TLS 1.0."
  }
}
