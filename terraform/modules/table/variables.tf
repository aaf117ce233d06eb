variable "name" {
  type        = string
  description = "Full name, with the environment's prefix."
}

variable "definition" {
  type        = any
  description = "One entry of `tables` in topology.json."
}

variable "capacity" {
  type = object({
    mode      = string
    write     = optional(number)
    read      = optional(number)
    max_write = optional(number)
    max_read  = optional(number)
  })
  description = "fixed {write, read}; autoscaled {write, read, max_write, max_read}; on-demand {max_write?, max_read?}. Units per second."

  validation {
    condition     = contains(["fixed", "autoscaled", "on-demand"], var.capacity.mode)
    error_message = "The capacity's mode is ${var.capacity.mode}; it must be fixed, autoscaled or on-demand."
  }
  validation {
    condition     = var.capacity.mode == "on-demand" || (coalesce(var.capacity.write, 0) >= 1 && coalesce(var.capacity.read, 0) >= 1)
    error_message = "A ${var.capacity.mode} capacity names write and read, each at least 1 unit per second."
  }
  validation {
    condition     = var.capacity.mode != "autoscaled" || (coalesce(var.capacity.max_write, 0) >= coalesce(var.capacity.write, 0) && coalesce(var.capacity.max_read, 0) >= coalesce(var.capacity.read, 0))
    error_message = "An autoscaled capacity names max_write and max_read, not below write and read."
  }
}

variable "protected" {
  type        = bool
  description = "Deletion protection."
}

variable "recovery" {
  type        = bool
  description = "Point-in-time recovery."
}
