# The shop API, the firewall before it and the pictures. Every assertion has a breakage in tests/breakages.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "shop_api" {
  command = plan
  module {
    source = "./modules/http-api"
  }
  variables {
    name               = "penstock-test-shop-api"
    routes             = [{ method = "GET", path = "/api/orders/{id}", function = "orders" }, { method = "POST", path = "/api/orders", function = "orders" }]
    functions          = { orders = { name = "orders", alias_name = "live", alias_arn = "arn:aws:lambda:eu-west-2:123456789012:function:x:live", alias_invoke_arn = "arn:aws:apigateway:eu-west-2:lambda:path/2015-03-31/functions/x/invocations" } }
    rate_per_second    = 500
    writes_per_second  = 200
    log_retention_days = 30
  }
  assert {
    condition     = [for settings in aws_apigatewayv2_stage.this.route_settings : settings.throttling_rate_limit if settings.route_key == "POST /api/orders"] == [200] && length(aws_apigatewayv2_stage.this.route_settings) == 1
    error_message = "shop-api: a flood of orders takes what browsing needs."
  }
  assert {
    condition     = length(aws_lambda_permission.this) == 2 && alltrue([for permission in values(aws_lambda_permission.this) : permission.qualifier == "live"])
    error_message = "shop-api: a route may not call its function, or calls it around the alias."
  }
  assert {
    condition     = !strcontains(aws_apigatewayv2_stage.this.access_log_settings[0].format, "context.path")
    error_message = "shop-api: the log holds the keys to baskets."
  }
  assert {
    condition     = alltrue([for integration in values(aws_apigatewayv2_integration.this) : integration.payload_format_version == "2.0"])
    error_message = "shop-api: functions get another shape of event than the one-machine cloud sends."
  }
}

run "waf" {
  command = plan
  module {
    source = "./modules/waf"
  }
  variables {
    name               = "penstock-test"
    unlimited_networks = ["198.51.100.7/32"]
  }
  assert {
    condition     = aws_wafv2_web_acl.this.scope == "CLOUDFRONT" && length([for rule in aws_wafv2_web_acl.this.rule : rule if startswith(rule.name, "limit-")]) == 3
    error_message = "waf: one address may order without end."
  }
  assert {
    condition     = aws_wafv2_ip_set.unlimited.addresses == toset(["198.51.100.7/32"])
    error_message = "waf: the runner of load tests is held back."
  }
  assert {
    condition = alltrue([
      for rule in aws_wafv2_web_acl.this.rule : one(one(one(rule.action).block).custom_response).response_code == 429 && one(one(one(rule.action).block).custom_response).custom_response_body_key == "rate-limited"
      if startswith(rule.name, "limit-")
    ])
    error_message = "waf: who is limited is not told so as the contract says."
  }
}

run "images" {
  command = plan
  module {
    source = "./modules/images"
  }
  variables {
    bucket            = "penstock-test-images"
    definition        = { publicPrefixes = ["public/"], prefixes = { "incoming/" = { expireDays = 1 } } }
    upload_origins    = ["https://office.example.com"]
    distribution_arns = ["arn:aws:cloudfront::123456789012:distribution/MOCK"]
    protected         = true
  }
  assert {
    condition     = one(aws_s3_bucket_lifecycle_configuration.this.rule[0].expiration).days == 1 && one(aws_s3_bucket_lifecycle_configuration.this.rule[0].filter).prefix == "incoming/"
    error_message = "images: uploads that nobody finished stay for ever."
  }
  assert {
    condition     = one(aws_s3_bucket_cors_configuration.this.cors_rule).allowed_methods == toset(["POST"]) && one(aws_s3_bucket_cors_configuration.this.cors_rule).allowed_origins == toset(["https://office.example.com"])
    error_message = "images: other pages than the back office's may upload, or in another way than by a signed form."
  }
  assert {
    condition     = aws_s3_bucket_public_access_block.this.block_public_policy && aws_s3_bucket_public_access_block.this.restrict_public_buckets && !aws_s3_bucket.this.force_destroy
    error_message = "images: the bucket can be made public, or is destroyed with what it holds."
  }
}
