# The WebSocket API. It depends on nothing of ours but the function, so that both sites' CSP can name its exact host.

locals {
  stage = "live"
}

resource "aws_apigatewayv2_api" "this" {
  name                       = var.name
  protocol_type              = "WEBSOCKET"
  route_selection_expression = var.socket.selection
}

resource "aws_apigatewayv2_integration" "this" {
  api_id                    = aws_apigatewayv2_api.this.id
  integration_type          = "AWS_PROXY"
  integration_method        = "POST"
  content_handling_strategy = "CONVERT_TO_TEXT"
  integration_uri           = var.function.alias_invoke_arn
}

resource "aws_apigatewayv2_route" "this" {
  for_each                            = var.socket.routes
  api_id                              = aws_apigatewayv2_api.this.id
  route_key                           = each.key
  target                              = "integrations/${aws_apigatewayv2_integration.this.id}"
  route_response_selection_expression = each.value.answers ? "$default" : null
}

# What a handler returns reaches the socket only through a route response.
resource "aws_apigatewayv2_route_response" "this" {
  for_each           = { for key, route in var.socket.routes : key => route if route.answers }
  api_id             = aws_apigatewayv2_api.this.id
  route_id           = aws_apigatewayv2_route.this[each.key].id
  route_response_key = "$default"
}

resource "aws_apigatewayv2_integration_response" "this" {
  api_id                   = aws_apigatewayv2_api.this.id
  integration_id           = aws_apigatewayv2_integration.this.id
  integration_response_key = "$default"
}

resource "aws_apigatewayv2_stage" "this" {
  api_id      = aws_apigatewayv2_api.this.id
  name        = local.stage
  auto_deploy = true
  default_route_settings {
    throttling_rate_limit  = var.rate_per_second
    throttling_burst_limit = var.rate_per_second * 2
  }
  dynamic "access_log_settings" {
    for_each = aws_cloudwatch_log_group.access
    content {
      destination_arn = access_log_settings.value.arn
      format = jsonencode({
        requestId    = "$context.requestId"
        route        = "$context.routeKey"
        status       = "$context.status"
        connectionId = "$context.connectionId"
        sourceIp     = "$context.identity.sourceIp"
      })
    }
  }
  depends_on = [aws_apigatewayv2_route.this]
}

resource "aws_cloudwatch_log_group" "access" {
  count             = var.access_logs ? 1 : 0
  name              = "/aws/apigateway/${var.name}"
  retention_in_days = var.log_retention_days
}

resource "aws_lambda_permission" "this" {
  statement_id  = "socket-api"
  action        = "lambda:InvokeFunction"
  function_name = var.function.name
  qualifier     = var.function.alias_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.this.execution_arn}/${aws_apigatewayv2_stage.this.name}/*"
}
