# Headers of pages and of pictures: the same as local/src/edge/headers.ts (tests/parity.test.ts).

resource "aws_cloudfront_response_headers_policy" "page" {
  name = "${var.name}-page"
  security_headers_config {
    content_security_policy {
      content_security_policy = var.content_security_policy
      override                = true
    }
    content_type_options {
      override = true
    }
    frame_options {
      frame_option = "DENY"
      override     = true
    }
    referrer_policy {
      referrer_policy = "strict-origin-when-cross-origin"
      override        = true
    }
    strict_transport_security {
      access_control_max_age_sec = 31536000
      include_subdomains         = true
      override                   = true
    }
  }
  custom_headers_config {
    items {
      header   = "permissions-policy"
      value    = "camera=(), geolocation=(), microphone=()"
      override = true
    }
  }
}

# Pictures were uploaded by people: whatever they hold, a browser may only draw it.
resource "aws_cloudfront_response_headers_policy" "picture" {
  name = "${var.name}-picture"
  security_headers_config {
    content_security_policy {
      content_security_policy = "default-src 'none'; sandbox"
      override                = true
    }
    content_type_options {
      override = true
    }
  }
}
