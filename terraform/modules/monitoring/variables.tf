variable "name" {
  type = string
}

variable "region" {
  type = string
}

variable "account_id" {
  type = string
}

variable "tables" {
  type        = list(string)
  description = "Full names."
}

variable "dead_letter_queues" {
  type        = list(string)
  description = "Full names."
}

variable "write_queues" {
  type        = list(string)
  description = "Full names of the queues in which accepted writes wait."
}

variable "apply_age_log_groups" {
  type        = map(string)
  description = "Log groups of the functions that apply writes, by what they apply."
}

variable "worker_log_groups" {
  type        = map(string)
  description = "Log groups of all workers, by function."
}

variable "stream_functions" {
  type        = list(string)
  description = "Full names of the functions that streams feed."
}

variable "shop_api_id" {
  type = string
}

variable "admin_api_name" {
  type = string
}

variable "thresholds" {
  type = object({
    applyAgeSeconds         = number
    applyAgeEscalateSeconds = number
    throttledShare          = number
    throttledMinutes        = number
    deadLetters             = number
    apiReadThrottles        = number
    apiFaults               = number
    iteratorAgeSeconds      = number
  })
  description = "`alarms` of topology.json."
}

variable "alarm_email" {
  type        = string
  description = "Who is written to; the person confirms it once by a link in a mail. Null: nobody."
}

variable "budget_usd" {
  type        = number
  description = "Dollars a month; a forecast of 80 % alarms, and so does what is spent. Null: no budget."
}
