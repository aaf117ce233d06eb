# The shop API: an HTTP API that the storefront's distribution fronts at /api/*. It has no network guard of its own: the
# functions refuse what lacks the origin secret.

locals {
  routes = { for route in var.routes : "${route.method} ${route.path}" => route.function }
}

resource "aws_apigatewayv2_api" "this" {
  name          = var.name
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "this" {
  for_each               = toset(values(local.routes))
  api_id                 = aws_apigatewayv2_api.this.id
  integration_type       = "AWS_PROXY"
  integration_method     = "POST"
  integration_uri        = var.functions[each.key].alias_invoke_arn
  payload_format_version = "2.0"
  # A function that loses its last route: the routes move first, because AWS deletes no integration that a route names.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_apigatewayv2_route" "this" {
  for_each  = local.routes
  api_id    = aws_apigatewayv2_api.this.id
  route_key = each.key
  target    = "integrations/${aws_apigatewayv2_integration.this[each.value].id}"
}

resource "aws_cloudwatch_log_group" "access" {
  name              = "/aws/apigateway/${var.name}"
  retention_in_days = var.log_retention_days
}

resource "aws_apigatewayv2_stage" "this" {
  api_id      = aws_apigatewayv2_api.this.id
  name        = "$default"
  auto_deploy = true

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access.arn
    # Without the path: a basket's id is the key to it (C1).
    format = jsonencode({
      requestId = "$context.requestId"
      route     = "$context.routeKey"
      status    = "$context.status"
      latencyMs = "$context.responseLatency"
    })
  }

  default_route_settings {
    throttling_rate_limit  = var.rate_per_second
    throttling_burst_limit = var.rate_per_second * 2
  }

  # Writes have their own ceiling: one flood of orders must not take what browsing needs.
  dynamic "route_settings" {
    for_each = toset([for key in keys(local.routes) : key if !startswith(key, "GET ")])
    content {
      route_key              = route_settings.value
      throttling_rate_limit  = var.writes_per_second
      throttling_burst_limit = var.writes_per_second * 2
    }
  }

  # A stage may only name routes that are there.
  depends_on = [aws_apigatewayv2_route.this]
}

resource "aws_lambda_permission" "this" {
  for_each      = local.routes
  statement_id  = "shop-api-${substr(sha1(each.key), 0, 12)}"
  action        = "lambda:InvokeFunction"
  function_name = var.functions[each.value].name
  qualifier     = var.functions[each.value].alias_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.this.execution_arn}/*/${replace(replace(replace(each.key, " ", ""), "/{[a-zA-Z]+}/", "*"), "//$/", "")}"
}
