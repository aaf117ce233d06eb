# What is live, how fast it may be called, and its log.

locals {
  # All that makes what is live: a change of any of it needs a new deployment, of the policy too.
  live = jsonencode([
    var.routes, var.staff_networks, var.admin_origin, local.cors, local.problem, local.refusals,
    { for name, function in var.functions : name => function.alias_name },
    [for file in sort(fileset(path.module, "*.tf")) : filesha1("${path.module}/${file}")],
  ])
}

resource "aws_api_gateway_deployment" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  triggers    = { content = sha1(local.live) }
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

  # Who of staff's networks asked for what; by resource, since the id of a basket is the key to it (C1).
  dynamic "access_log_settings" {
    for_each = aws_cloudwatch_log_group.access
    content {
      destination_arn = access_log_settings.value.arn
      format = jsonencode({
        requestId = "$context.requestId"
        method    = "$context.httpMethod"
        resource  = "$context.resourcePath"
        status    = "$context.status"
        sourceIp  = "$context.identity.sourceIp"
        latencyMs = "$context.responseLatency"
      })
    }
  }
}

resource "aws_cloudwatch_log_group" "access" {
  count             = var.access_logs ? 1 : 0
  name              = "/aws/apigateway/${var.name}"
  retention_in_days = var.log_retention_days
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
