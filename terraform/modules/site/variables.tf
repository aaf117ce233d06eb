variable "name" {
  type = string
}

variable "bucket" {
  type        = string
  description = "Name of the bucket, unique over all accounts."
}

variable "images_domain" {
  type        = string
  description = "Regional domain name of the images bucket."
}

variable "api_host" {
  type        = string
  description = "Host of the API behind /api/*; null for a site without one."
  default     = null
}

variable "api_door" {
  type        = object({ host = string, port = number, path = string })
  description = "Where an emulator answers for api_host, over plain HTTP; null on AWS."
  default     = null
}

variable "emulated" {
  type        = bool
  description = "On an emulator, which speaks no HTTPS: the statement that asks for it holds for nobody."
  default     = false
}

variable "networks" {
  type        = list(string)
  description = "IPv4 CIDR blocks that may open the site; empty lets everybody in."
  default     = []
}

variable "content_security_policy" {
  type        = string
  description = "Names exact hosts only."

  validation {
    condition     = !strcontains(var.content_security_policy, "*")
    error_message = "The content security policy has a wildcard: injected code could reach anybody's API. Name exact hosts."
  }
}

variable "web_acl_arn" {
  type        = string
  description = "WAF of the distribution (us-east-1); null for none."
  default     = null
}

variable "domain" {
  type        = string
  description = "Own host name; null for the one that CloudFront gives."
  default     = null
}

variable "certificate_arn" {
  type        = string
  description = "ACM certificate of the domain, in us-east-1."
  default     = null
}

variable "protected" {
  type        = bool
  description = "Keeps a bucket that holds something from being destroyed."
}
