variable "name" {
  type = string
}

variable "routes" {
  type        = list(object({ method = string, path = string, function = string }))
  description = "`routes.shop` of topology.json, with the /api prefix, as CloudFront passes it on."
}

variable "functions" {
  type        = map(object({ name = string, alias_name = string, alias_arn = string, alias_invoke_arn = string }))
  description = "Functions by their name in the topology."
}

variable "rate_per_second" {
  type        = number
  description = "Requests a second over all callers, twice that in bursts."
}

variable "log_retention_days" {
  type = number
}

variable "writes_per_second" {
  type        = number
  description = "Requests a second of each route that writes, over all callers."
}
