# The admin API: a regional REST API, because only REST APIs have resource policies. Nobody logs in: the network is the
# guard, here before any function runs, and again in the function.

locals {
  stage  = "live"
  routes = { for route in var.routes : "${route.method} ${route.path}" => route }
  # Every path and the paths above it: "/orders/{id}" needs "/orders". At most three parts.
  parts   = { for path in toset([for route in var.routes : route.path]) : path => split("/", trimprefix(path, "/")) }
  level_1 = toset([for parts in local.parts : "/${parts[0]}"])
  level_2 = toset([for parts in local.parts : "/${parts[0]}/${parts[1]}" if length(parts) > 1])
  level_3 = toset([for parts in local.parts : "/${parts[0]}/${parts[1]}/${parts[2]}" if length(parts) > 2])
  resource_ids = merge(
    { for path, resource in aws_api_gateway_resource.level_1 : path => resource.id },
    { for path, resource in aws_api_gateway_resource.level_2 : path => resource.id },
    { for path, resource in aws_api_gateway_resource.level_3 : path => resource.id },
  )
  paths = setunion(local.level_1, local.level_2, local.level_3)

  cors = {
    "Access-Control-Allow-Origin"   = "'${var.admin_origin}'"
    "Access-Control-Allow-Headers"  = "'Content-Type,Idempotency-Key,X-Staff-Name,X-Correlation-Id'"
    "Access-Control-Allow-Methods"  = "'GET,POST,PUT,DELETE,OPTIONS'"
    "Access-Control-Expose-Headers" = "'Content-Range,X-Total-Count,X-Total-Capped,X-Server-Time,X-Correlation-Id,Retry-After,Location'"
    "Access-Control-Max-Age"        = "'600'"
  }
}

resource "aws_api_gateway_rest_api" "this" {
  name = var.name
  endpoint_configuration {
    types = ["REGIONAL"]
  }

  lifecycle {
    precondition {
      condition     = max([for parts in local.parts : length(parts)]...) <= 3
      error_message = "The admin API's paths have at most three parts; topology.json has a deeper one: add a level to modules/rest-api."
    }
  }
}

resource "aws_api_gateway_resource" "level_1" {
  for_each    = local.level_1
  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_rest_api.this.root_resource_id
  path_part   = trimprefix(each.key, "/")
}

resource "aws_api_gateway_resource" "level_2" {
  for_each    = local.level_2
  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_resource.level_1[dirname(each.key)].id
  path_part   = basename(each.key)
}

resource "aws_api_gateway_resource" "level_3" {
  for_each    = local.level_3
  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_resource.level_2[dirname(each.key)].id
  path_part   = basename(each.key)
}

resource "aws_api_gateway_method" "this" {
  for_each      = local.routes
  rest_api_id   = aws_api_gateway_rest_api.this.id
  resource_id   = local.resource_ids[each.value.path]
  http_method   = each.value.method
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "this" {
  for_each                = local.routes
  rest_api_id             = aws_api_gateway_rest_api.this.id
  resource_id             = local.resource_ids[each.value.path]
  http_method             = aws_api_gateway_method.this[each.key].http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = var.functions[each.value.function].alias_invoke_arn
}

resource "aws_lambda_permission" "this" {
  for_each      = local.routes
  statement_id  = "admin-api-${substr(sha1(each.key), 0, 12)}"
  action        = "lambda:InvokeFunction"
  function_name = var.functions[each.value.function].name
  qualifier     = var.functions[each.value.function].alias_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.this.execution_arn}/*/${each.value.method}${replace(each.value.path, "/{[a-zA-Z]+}/", "*")}"
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

# What the gateway refuses itself must be readable by the page: without these headers staff see "network error".
resource "aws_api_gateway_gateway_response" "this" {
  for_each      = toset(["DEFAULT_4XX", "DEFAULT_5XX"])
  rest_api_id   = aws_api_gateway_rest_api.this.id
  response_type = each.key
  response_parameters = {
    for name in ["Access-Control-Allow-Origin", "Access-Control-Expose-Headers"] :
    "gatewayresponse.header.${name}" => local.cors[name]
  }
}

resource "aws_api_gateway_rest_api_policy" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = "*"
        Action    = "execute-api:Invoke"
        Resource  = "${aws_api_gateway_rest_api.this.execution_arn}/*"
      },
      {
        Sid       = "StaffNetworksOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "execute-api:Invoke"
        Resource  = "${aws_api_gateway_rest_api.this.execution_arn}/*"
        Condition = { NotIpAddress = { "aws:SourceIp" = var.staff_networks } }
      },
    ]
  })
}

resource "aws_api_gateway_deployment" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  # A policy is stored at once and live only with a new deployment: the networks are part of what triggers one.
  triggers = {
    content = sha1(jsonencode([var.routes, var.staff_networks, var.admin_origin, local.cors]))
  }
  depends_on = [
    aws_api_gateway_integration.this,
    aws_api_gateway_integration_response.preflight,
    aws_api_gateway_gateway_response.this,
    aws_api_gateway_rest_api_policy.this,
  ]
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "this" {
  rest_api_id   = aws_api_gateway_rest_api.this.id
  deployment_id = aws_api_gateway_deployment.this.id
  stage_name    = local.stage
}

resource "aws_api_gateway_method_settings" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  stage_name  = aws_api_gateway_stage.this.stage_name
  method_path = "*/*"
  settings {
    throttling_rate_limit  = var.rate_per_second
    throttling_burst_limit = var.rate_per_second * 2
  }
}
