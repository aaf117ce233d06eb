variable "name" {
  type        = string
  description = "Full name, with the environment's prefix."
}

variable "zip_dir" {
  type        = string
  description = "Folder of the release's zips."
}

variable "zip" {
  type        = string
  description = "Name of the zip in the folder, without its ending."
}

variable "runtime" {
  type        = string
  description = "Lambda runtime. nodejs22.x ends on 30 April 2027 (docs/operations.md)."

  validation {
    condition     = can(regex("^nodejs[0-9]+\\.x$", var.runtime))
    error_message = "lambda_runtime is ${var.runtime}; it must be a Node runtime such as nodejs22.x."
  }
}

variable "timeout" {
  type        = number
  description = "Seconds."
}

variable "memory" {
  type        = number
  description = "MB."
}

variable "environment" {
  type        = map(string)
  description = "Variables of platform/src/settings.ts."
}

variable "grants" {
  type        = list(object({ actions = list(string), resources = list(string) }))
  description = "All that its role may do, besides writing its own log."
}

variable "permissions_boundary" {
  type        = string
  description = "ARN of the boundary that every role of the shop carries; null in an account without one."
}

variable "reserved_concurrency" {
  type        = number
  description = "Concurrent executions kept for it; -1 keeps none. A new account may have only ten in all."
}

variable "log_retention_days" {
  type = number
}

variable "alarm_errors" {
  type        = number
  description = "Errors a minute at which the alarm goes off."
}

variable "alarm_topics" {
  type = list(string)
}
