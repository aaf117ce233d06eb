variable "bucket" {
  type        = string
  description = "Name of the bucket, unique over all accounts."
}

variable "emulated" {
  type        = bool
  description = "On an emulator, which speaks no HTTPS: the statement that asks for it holds for nobody."
  default     = false
}

variable "definition" {
  type        = any
  description = "`buckets.images` of topology.json."
}

variable "upload_origins" {
  type        = list(string)
  description = "Origins whose pages may upload."
}

variable "distribution_arns" {
  type        = list(string)
  description = "Distributions that may read the public prefixes."
}

variable "protected" {
  type        = bool
  description = "Keeps a bucket that holds something from being destroyed."
}
