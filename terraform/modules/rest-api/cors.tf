# What a page of the back office may send and read: preflights, and the answers that the gateway makes itself.

locals {
  # The same lists as local/src/edge/servers.ts (tests/parity.test.ts).
  cors = {
    "Access-Control-Allow-Origin"   = "'${var.admin_origin}'"
    "Access-Control-Allow-Headers"  = "'content-type,range,if-match,idempotency-key,x-staff-name,x-correlation-id'"
    "Access-Control-Allow-Methods"  = "'GET,POST,PUT,DELETE,OPTIONS'"
    "Access-Control-Expose-Headers" = "'Content-Range,X-Total-Count,X-Total-Capped,X-Correlation-Id,X-Server-Time,ETag,Location,Retry-After'"
    "Access-Control-Max-Age"        = "'600'"
  }
  # A 403 of the network guard, a 429 and a 5xx never reach a function: they say the same as a problem of ours does.
  # messageString comes with its quotation marks.
  problem = replace(jsonencode({
    type    = "about:blank"
    code    = "gateway"
    title   = "$context.error.responseType"
    detail  = "$context.error.messageString"
    message = "$context.error.messageString"
  }), "\"$context.error.messageString\"", "$context.error.messageString")
  refusals = { DEFAULT_4XX = {}, DEFAULT_5XX = {}, THROTTLED = { "Retry-After" = "'1'" } }
}

# Preflights: answered by the gateway, on every path.
resource "aws_api_gateway_method" "preflight" {
  for_each      = local.paths
  rest_api_id   = aws_api_gateway_rest_api.this.id
  resource_id   = local.resource_ids[each.key]
  http_method   = "OPTIONS"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "preflight" {
  for_each          = local.paths
  rest_api_id       = aws_api_gateway_rest_api.this.id
  resource_id       = local.resource_ids[each.key]
  http_method       = aws_api_gateway_method.preflight[each.key].http_method
  type              = "MOCK"
  request_templates = { "application/json" = jsonencode({ statusCode = 204 }) }

  integration_http_method = var.preflight_method
}

resource "aws_api_gateway_method_response" "preflight" {
  for_each            = local.paths
  rest_api_id         = aws_api_gateway_rest_api.this.id
  resource_id         = local.resource_ids[each.key]
  http_method         = aws_api_gateway_method.preflight[each.key].http_method
  status_code         = "204"
  response_parameters = { for name in keys(local.cors) : "method.response.header.${name}" => true }
}

resource "aws_api_gateway_integration_response" "preflight" {
  for_each            = local.paths
  rest_api_id         = aws_api_gateway_rest_api.this.id
  resource_id         = local.resource_ids[each.key]
  http_method         = aws_api_gateway_method.preflight[each.key].http_method
  status_code         = aws_api_gateway_method_response.preflight[each.key].status_code
  response_parameters = { for name, value in local.cors : "method.response.header.${name}" => value }
  depends_on          = [aws_api_gateway_integration.preflight]
}

# Without these headers staff would see "network error" and nothing else.
resource "aws_api_gateway_gateway_response" "this" {
  for_each           = local.refusals
  rest_api_id        = aws_api_gateway_rest_api.this.id
  response_type      = each.key
  response_templates = { "application/json" = local.problem }
  response_parameters = merge(
    { for name in ["Access-Control-Allow-Origin", "Access-Control-Expose-Headers"] : "gatewayresponse.header.${name}" => local.cors[name] },
    { "gatewayresponse.header.Content-Type" = "'application/problem+json'", "gatewayresponse.header.Cache-Control" = "'no-store'" },
    { for name, value in each.value : "gatewayresponse.header.${name}" => value },
  )
}
