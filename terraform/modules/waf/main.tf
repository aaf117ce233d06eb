# The storefront's firewall: how often one address may order and change baskets, and the lists that AWS keeps. It belongs to
# CloudFront, so its provider is that of us-east-1.

locals {
  # What an address may do in five minutes. A shopper orders a few times; an office behind one address a few dozen times.
  limits = {
    orders  = { priority = 1, path = "/api/orders", limit = var.limits.orders }
    baskets = { priority = 2, path = "/api/baskets", limit = var.limits.baskets }
    all     = { priority = 3, path = "/", limit = var.limits.all }
  }
  managed = {
    AWSManagedRulesAmazonIpReputationList = 4
    AWSManagedRulesKnownBadInputsRuleSet  = 5
  }
}

resource "aws_wafv2_ip_set" "unlimited" {
  name               = "${var.name}-unlimited"
  scope              = "CLOUDFRONT"
  ip_address_version = "IPV4"
  addresses          = var.unlimited_networks
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_wafv2_web_acl" "this" {
  name  = var.name
  scope = "CLOUDFRONT"

  default_action {
    allow {}
  }

  # The same words as the API's own refusals (domain/src/problems.ts).
  custom_response_body {
    key          = "rate-limited"
    content      = file("${path.module}/rate-limited.json")
    content_type = "APPLICATION_JSON"
  }

  # The runner of load tests, for example: nobody else sends that much from one address.
  rule {
    name     = "unlimited"
    priority = 0
    action {
      allow {}
    }
    statement {
      ip_set_reference_statement {
        arn = aws_wafv2_ip_set.unlimited.arn
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = false
      sampled_requests_enabled   = false
      metric_name                = "unlimited"
    }
  }

  dynamic "rule" {
    for_each = local.limits
    content {
      name     = "limit-${rule.key}"
      priority = rule.value.priority
      action {
        block {
          custom_response {
            # Clients take it as "retry, with the same key".
            response_code            = 429
            custom_response_body_key = "rate-limited"
            response_header {
              name  = "retry-after"
              value = "60"
            }
          }
        }
      }
      statement {
        rate_based_statement {
          limit                 = rule.value.limit
          aggregate_key_type    = "IP"
          evaluation_window_sec = 300
          scope_down_statement {
            and_statement {
              statement {
                byte_match_statement {
                  search_string         = rule.value.path
                  positional_constraint = "STARTS_WITH"
                  field_to_match {
                    uri_path {}
                  }
                  text_transformation {
                    priority = 0
                    type     = "NORMALIZE_PATH"
                  }
                }
              }
              statement {
                # Reading baskets and orders is cheap; every other way of asking writes.
                not_statement {
                  statement {
                    byte_match_statement {
                      search_string         = rule.key == "all" ? "NONE" : "GET"
                      positional_constraint = "EXACTLY"
                      field_to_match {
                        method {}
                      }
                      text_transformation {
                        priority = 0
                        type     = "NONE"
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
      visibility_config {
        cloudwatch_metrics_enabled = true
        sampled_requests_enabled   = true
        metric_name                = "limit-${rule.key}"
      }
    }
  }

  dynamic "rule" {
    for_each = local.managed
    content {
      name     = rule.key
      priority = rule.value
      override_action {
        none {}
      }
      statement {
        managed_rule_group_statement {
          vendor_name = "AWS"
          name        = rule.key
        }
      }
      visibility_config {
        cloudwatch_metrics_enabled = true
        sampled_requests_enabled   = true
        metric_name                = rule.key
      }
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    sampled_requests_enabled   = true
    metric_name                = var.name
  }

  # Switched off, the list goes only after the distribution has let it go: AWS deletes none that is in use.
  lifecycle {
    create_before_destroy = true
  }
}
