# What runs at the edge before a request goes anywhere (edge/*.js).

locals {
  guard = templatefile("${path.module}/edge/network.js", { networks = jsonencode(local.networks) })
}

resource "aws_cloudfront_function" "page" {
  name    = "${var.name}-page"
  runtime = "cloudfront-js-2.0"
  publish = true
  code    = join("\n", [local.guard, file("${path.module}/edge/page.js")])
}

resource "aws_cloudfront_function" "picture" {
  name    = "${var.name}-picture"
  runtime = "cloudfront-js-2.0"
  publish = true
  code    = join("\n", [local.guard, file("${path.module}/edge/picture.js")])
}

resource "aws_cloudfront_key_value_store" "this" {
  count   = var.api_host == null ? 0 : 1
  name    = var.name
  comment = "origin-secret: written by terraform/bin/put-secrets, never by Terraform."
}

resource "aws_cloudfront_function" "api" {
  count                        = var.api_host == null ? 0 : 1
  name                         = "${var.name}-api"
  runtime                      = "cloudfront-js-2.0"
  publish                      = true
  code                         = file("${path.module}/edge/api.js")
  key_value_store_associations = [aws_cloudfront_key_value_store.this[0].arn]
}
