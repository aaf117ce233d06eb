variable "environment" {
  type        = string
  description = "dev, staging, prod, or local for an emulator."

  validation {
    condition     = contains(["local", "dev", "staging", "prod"], var.environment)
    error_message = "environment is ${var.environment}; it must be local, dev, staging or prod."
  }
}

variable "staff_networks" {
  type        = list(string)
  description = "IPv4 CIDR blocks from which staff work. Nobody logs in: the network is the guard."

  validation {
    condition     = length(var.staff_networks) > 0
    error_message = "staff_networks is empty: name at least one CIDR block, or nobody of staff gets in."
  }
  validation {
    condition     = alltrue([for block in var.staff_networks : can(cidrhost(block, 0)) && can(regex("^[0-9.]+/[0-9]+$", block))])
    error_message = "staff_networks holds something that is no IPv4 CIDR block: ${join(", ", var.staff_networks)}."
  }
  validation {
    condition     = alltrue([for block in var.staff_networks : try(tonumber(split("/", block)[1]), 32) >= 8])
    error_message = "staff_networks opens the back office to the world: ${join(", ", var.staff_networks)}. A block has a prefix of /8 or longer."
  }
}

variable "release_dir" {
  type        = string
  description = "Folder of the release's zips, one per bundle, as `npm run release` makes them."
}

variable "release" {
  type        = string
  description = "Commit of the release."
}

variable "lambda_runtime" {
  type        = string
  description = "nodejs22.x ends on 30 April 2027."
  default     = "nodejs22.x"
}

variable "capacity" {
  type        = map(any)
  description = "Overrides of topology.json by table: {mode, write, read, max_write, max_read} of modules/table."
  default     = {}

  validation {
    condition     = alltrue([for key in keys(var.capacity) : contains(keys(local.topology.tables), key)])
    error_message = "capacity names a table that topology.json does not have: ${join(", ", keys(var.capacity))}."
  }
}

variable "reserve_workers" {
  type        = bool
  description = "Keeps the workers' concurrency of topology.json for them. A new account may have only ten executions in all: off there."
  default     = false
}

variable "permissions_boundary" {
  type        = string
  description = "ARN of the boundary of every role, made by bootstrap."
  default     = null
}

variable "protected" {
  type        = bool
  description = "Deletion protection of tables; buckets that hold something stay."
}

variable "recovery" {
  type        = bool
  description = "Point-in-time recovery of tables."
}

variable "log_retention_days" {
  type        = number
  description = "How long CloudWatch keeps logs."
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365], var.log_retention_days)
    error_message = "log_retention_days is ${var.log_retention_days}; CloudWatch takes 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180 or 365."
  }
}

variable "rates" {
  type        = object({ shop_api = number, shop_writes = number, admin_api = number, socket = number })
  description = "Requests or messages a second over all callers; shop_writes holds each route that writes."
  default     = { shop_api = 500, shop_writes = 200, admin_api = 50, socket = 500 }
}

variable "web_acl_arn" {
  type        = string
  description = "WAF of the storefront; null switches it off."
  default     = null
}

variable "domains" {
  type        = object({ shop = string, admin = string, certificate_arn = string })
  description = "Own host names with their certificate in us-east-1; null for those of CloudFront."
  default     = null
}

variable "alarm_email" {
  type    = string
  default = null
}

variable "budget_usd" {
  type    = number
  default = null
}

variable "emulator" {
  type        = string
  description = "Where an emulator answers, in place of AWS: http://127.0.0.1:4566. What it lacks is left out; null on AWS."
  default     = null

  validation {
    condition     = var.emulator == null || can(regex("^http://[0-9.]+:[0-9]+$", var.emulator))
    error_message = "emulator is ${coalesce(var.emulator, "null")}; it must be http://address:port."
  }
}
