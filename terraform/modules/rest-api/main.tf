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
