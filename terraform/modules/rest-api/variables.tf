variable "name" {
  type = string
}

variable "routes" {
  type        = list(object({ method = string, path = string, function = string }))
  description = "`routes.admin` of topology.json."
}

variable "functions" {
  type        = map(object({ name = string, alias_name = string, alias_arn = string, alias_invoke_arn = string }))
  description = "Functions by their name in the topology."
}

variable "staff_networks" {
  type        = list(string)
  description = "IPv4 CIDR blocks from which staff work."

  validation {
    condition     = length(var.staff_networks) > 0
    error_message = "staff_networks is empty: name at least one CIDR block, or nobody of staff gets in."
  }
  validation {
    condition     = alltrue([for block in var.staff_networks : can(cidrhost(block, 0))])
    error_message = "staff_networks holds something that is no CIDR block: ${join(", ", [for block in var.staff_networks : block if !can(cidrhost(block, 0))])}."
  }
  validation {
    condition     = alltrue([for block in var.staff_networks : try(tonumber(split("/", block)[1]), 0) >= 8])
    error_message = "staff_networks opens the back office to the world: ${join(", ", [for block in var.staff_networks : block if try(tonumber(split("/", block)[1]), 0) < 8])}. A block has a prefix of /8 or longer."
  }
}

variable "admin_origin" {
  type        = string
  description = "Origin of the back office's site, https://host."
}

variable "rate_per_second" {
  type        = number
  description = "Requests a second over all callers, twice that in bursts."
}

variable "region" {
  type = string
}

variable "log_retention_days" {
  type = number
}

variable "preflight_method" {
  type        = string
  description = "What an emulator answers as the method of an integration that has none; null on AWS."
  default     = null
}

variable "access_logs" {
  type        = bool
  description = "Logs each call. The account needs the role that bootstrap makes; an emulator has none."
}
