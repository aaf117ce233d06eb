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
}

variable "alarm_email" {
  type    = string
  default = null
}

variable "waf" {
  type        = bool
  description = "The storefront's firewall: limits for each address, and the lists of AWS. About $10 a month at rest."
  default     = false
}

variable "unlimited_networks" {
  type        = list(string)
  description = "IPv4 CIDR blocks that the firewall's limits do not hold, such as the runner of load tests."
  default     = []
}
