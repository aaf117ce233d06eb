variable "name" {
  type        = string
  description = "Full name without the .fifo ending."
}

variable "emulated" {
  type        = bool
  description = "On an emulator, which speaks no HTTPS: the statement that asks for it holds for nobody."
  default     = false
}

variable "definition" {
  type        = any
  description = "One entry of `queues` in topology.json."
}

variable "dead_letter" {
  type        = object({ arn = string, max_receives = number })
  description = "Where a message goes that was received too often; null for a dead-letter queue itself."
  default     = null

  validation {
    condition     = var.dead_letter == null || (try(var.dead_letter.max_receives, 0) >= 1 && try(var.dead_letter.max_receives, 0) <= 1000)
    error_message = "maxReceiveCount must lie in 1..1000, which is what SQS takes."
  }
}

variable "consumer_timeout" {
  type        = number
  description = "Time-out of the function that drains it, seconds; 0 when none does."
}
