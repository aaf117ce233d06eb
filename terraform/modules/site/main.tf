# A private bucket behind a distribution: pages from the bucket, pictures from the images bucket, and for the shop the API
# on the same origin. Pages that do not exist fall back to index.html by a function, on the pages alone.

locals {
  # Managed policies of CloudFront have fixed ids.
  caching_optimized              = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  caching_disabled               = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
  all_viewer_except_host_headers = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
  networks = [for block in var.networks : [
    sum([for index, part in split(".", cidrhost(block, 0)) : tonumber(part) * pow(256, 3 - index)]),
    tonumber(split("/", block)[1]),
  ]]
  has_domain = var.domain != null
}

resource "aws_cloudfront_origin_access_control" "this" {
  name                              = var.name
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_distribution" "this" {
  enabled             = true
  comment             = var.name
  default_root_object = "index.html"
  http_version        = "http2and3"
  # The allow-list knows IPv4 alone.
  is_ipv6_enabled = length(var.networks) == 0
  price_class     = "PriceClass_100"
  web_acl_id      = var.web_acl_arn
  aliases         = local.has_domain ? [var.domain] : []

  origin {
    origin_id                = "site"
    domain_name              = aws_s3_bucket.this.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.this.id
  }

  origin {
    origin_id                = "images"
    domain_name              = var.images_domain
    origin_access_control_id = aws_cloudfront_origin_access_control.this.id
  }

  dynamic "origin" {
    for_each = var.api_host == null || var.api_door != null ? [] : [var.api_host]
    content {
      origin_id   = "api"
      domain_name = origin.value
      custom_origin_config {
        http_port              = 80
        https_port             = 443
        origin_protocol_policy = "https-only"
        origin_ssl_protocols   = ["TLSv1.2"]
      }
    }
  }

  # An emulator has no certificate for the API's host, and the host's name does not resolve.
  dynamic "origin" {
    for_each = var.api_door[*]
    content {
      origin_id   = "api"
      domain_name = origin.value.host
      origin_path = origin.value.path
      custom_origin_config {
        http_port              = origin.value.port
        https_port             = 443
        origin_protocol_policy = "http-only"
        origin_ssl_protocols   = ["TLSv1.2"]
      }
    }
  }

  default_cache_behavior {
    target_origin_id           = "site"
    viewer_protocol_policy     = "redirect-to-https"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    compress                   = true
    cache_policy_id            = local.caching_optimized
    response_headers_policy_id = aws_cloudfront_response_headers_policy.page.id
    function_association {
      event_type   = "viewer-request"
      function_arn = aws_cloudfront_function.page.arn
    }
  }

  ordered_cache_behavior {
    path_pattern               = "/images/*"
    target_origin_id           = "images"
    viewer_protocol_policy     = "https-only"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    cache_policy_id            = local.caching_optimized
    response_headers_policy_id = aws_cloudfront_response_headers_policy.picture.id
    function_association {
      event_type   = "viewer-request"
      function_arn = aws_cloudfront_function.picture.arn
    }
  }

  dynamic "ordered_cache_behavior" {
    for_each = var.api_host == null ? [] : ["/api/*"]
    content {
      path_pattern             = ordered_cache_behavior.value
      target_origin_id         = "api"
      viewer_protocol_policy   = "https-only"
      allowed_methods          = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]
      cached_methods           = ["GET", "HEAD"]
      cache_policy_id          = local.caching_disabled
      origin_request_policy_id = local.all_viewer_except_host_headers
      # An emulated edge knows no key value store: there, whoever calls brings the two headers along.
      dynamic "function_association" {
        for_each = var.api_door == null ? aws_cloudfront_function.api[*].arn : []
        content {
          event_type   = "viewer-request"
          function_arn = function_association.value
        }
      }
    }
  }

  # CloudFront keeps errors for 10 s unless told otherwise, no-store or not: one 503 would stick.
  dynamic "custom_error_response" {
    for_each = [403, 404, 500, 502, 503, 504]
    content {
      error_code            = custom_error_response.value
      error_caching_min_ttl = 0
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = !local.has_domain
    acm_certificate_arn            = var.certificate_arn
    ssl_support_method             = local.has_domain ? "sni-only" : null
    minimum_protocol_version       = local.has_domain ? "TLSv1.2_2021" : "TLSv1"
  }

  lifecycle {
    precondition {
      condition     = local.has_domain == (var.certificate_arn != null)
      error_message = "Site ${var.name}: a domain needs a certificate_arn (ACM in us-east-1), and a certificate needs a domain."
    }
  }
}
