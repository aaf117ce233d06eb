# Answers of the 500s, whoever made them: a function or its gateway. HTTP and REST APIs name the metric differently.

locals {
  apis = {
    shop  = { metric = "5xx", dimensions = { ApiId = var.shop_api_id } }
    admin = { metric = "5XXError", dimensions = { ApiName = var.admin_api_name } }
  }
}

resource "aws_cloudwatch_metric_alarm" "api_faults" {
  for_each            = local.apis
  alarm_name          = "${var.name}-${each.key}-api-faults"
  alarm_description   = "The ${each.key} API answers with 500s: docs/runbook.md#an-api-answers-with-500s"
  namespace           = "AWS/ApiGateway"
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  threshold           = var.thresholds.apiFaults
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.this.arn]
  ok_actions          = [aws_sns_topic.this.arn]
}
