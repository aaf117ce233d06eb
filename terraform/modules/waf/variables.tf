variable "name" {
  type = string
}

variable "limits" {
  type        = object({ orders = number, baskets = number, all = number })
  description = "Orders, basket writes and requests of any kind that one address may send in five minutes."
  default     = { orders = 50, baskets = 1000, all = 5000 }

  validation {
    condition     = alltrue([for limit in values(var.limits) : limit >= 10])
    error_message = "limits has one below 10 in five minutes, which WAF does not take: ${jsonencode(var.limits)}."
  }
}

variable "unlimited_networks" {
  type        = list(string)
  description = "IPv4 CIDR blocks that no limit holds, such as the runner of load tests."
  default     = []
}
