variable "name" {
  type = string
}

variable "socket" {
  type = object({
    selection = string
    routes    = map(object({ function = string, answers = bool }))
  })
  description = "`socket` of topology.json."
}

variable "function" {
  type        = object({ name = string, alias_name = string, alias_arn = string, alias_invoke_arn = string })
  description = "The function of all routes."
}

variable "rate_per_second" {
  type        = number
  description = "Messages a second over all callers, twice that in bursts."
}

variable "log_retention_days" {
  type = number
}

variable "access_logs" {
  type        = bool
  description = "Logs each call. The account needs the role that bootstrap makes; an emulator has none."
}
