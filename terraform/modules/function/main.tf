# One Lambda function with its own role, its log group and the alias `live`, which everything points at.

locals {
  zip = "${var.zip_dir}/${var.zip}.zip"
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/${var.name}"
  retention_in_days = var.log_retention_days
}

resource "aws_iam_role" "this" {
  name                 = var.name
  permissions_boundary = var.permissions_boundary
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  name = "grants"
  role = aws_iam_role.this.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${aws_cloudwatch_log_group.this.arn}:*"]
      }],
      [for grant in var.grants : {
        Effect   = "Allow"
        Action   = grant.actions
        Resource = grant.resources
      }],
      # Secure parameters are under the account's own key of SSM, which lets in whoever may read the parameter. A boundary may ask for
      # more than that: so it is said.
      [for grant in var.grants : {
        Effect    = "Allow"
        Action    = ["kms:Decrypt"]
        Resource  = ["arn:aws:kms:*:*:key/*"]
        Condition = { StringLike = { "kms:ViaService" = "ssm.*.amazonaws.com", "kms:EncryptionContext:PARAMETER_ARN" = grant.resources } }
      } if contains(grant.actions, "ssm:GetParameter")],
    )
  })
}

resource "aws_lambda_function" "this" {
  function_name    = var.name
  role             = aws_iam_role.this.arn
  runtime          = var.runtime
  architectures    = ["arm64"]
  handler          = "index.handler"
  filename         = local.zip
  source_code_hash = fileexists(local.zip) ? filebase64sha256(local.zip) : null
  timeout          = var.timeout
  memory_size      = var.memory
  publish          = true

  reserved_concurrent_executions = var.reserved_concurrency

  environment {
    variables = var.environment
  }

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.this.name
  }

  lifecycle {
    precondition {
      condition     = fileexists(local.zip)
      error_message = "The zip ${local.zip} is not there. Make it with `npm run release`, or point release_dir to a folder that has it."
    }
  }

  depends_on = [aws_iam_role_policy.this]
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.this.function_name
  function_version = aws_lambda_function.this.version
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name        = "${var.name}-errors"
  alarm_description = "${var.name} threw, timed out or ran out of memory: docs/runbook.md#a-function-fails"
  namespace         = "AWS/Lambda"
  metric_name       = "Errors"
  dimensions        = { FunctionName = aws_lambda_function.this.function_name }
  statistic         = "Sum"
  period            = 60
  # One error heals by itself: its event comes again. One that comes back does not.
  evaluation_periods  = 5
  datapoints_to_alarm = 2
  threshold           = var.alarm_errors
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topics
  ok_actions          = var.alarm_topics
}

# Lambda refuses to run it: the account's executions, or its own reservation, are spent.
resource "aws_cloudwatch_metric_alarm" "throttles" {
  alarm_name          = "${var.name}-throttles"
  alarm_description   = "Lambda refuses to run ${var.name}, because too many executions are under way: docs/runbook.md#a-function-is-not-run"
  namespace           = "AWS/Lambda"
  metric_name         = "Throttles"
  dimensions          = { FunctionName = aws_lambda_function.this.function_name }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topics
  ok_actions          = var.alarm_topics
}
