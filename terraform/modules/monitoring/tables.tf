# Throttling.

# The pacer probes by being throttled: a single throttle means nothing, a share of them does.
resource "aws_cloudwatch_metric_alarm" "throttled" {
  for_each            = toset(var.tables)
  alarm_name          = "${each.key}-throttled"
  alarm_description   = "More than ${var.thresholds.throttledShare * 100} % of the writes to ${each.key} are throttled: docs/runbook.md#writes-are-throttled"
  evaluation_periods  = var.thresholds.throttledMinutes
  threshold           = var.thresholds.throttledShare
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.this.arn]
  ok_actions          = [aws_sns_topic.this.arn]

  metric_query {
    id          = "share"
    expression  = "IF(FILL(throttles, 0) > 0, FILL(throttles, 0) / (FILL(throttles, 0) + FILL(writes, 0)), 0)"
    label       = "Throttled share"
    return_data = true
  }
  metric_query {
    id = "throttles"
    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "WriteThrottleEvents"
      dimensions  = { TableName = each.key }
      period      = 60
      stat        = "Sum"
    }
  }
  metric_query {
    id = "writes"
    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "ConsumedWriteCapacityUnits"
      dimensions  = { TableName = each.key }
      period      = 60
      stat        = "Sum"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "reads_throttled" {
  for_each            = toset(var.tables)
  alarm_name          = "${each.key}-reads-throttled"
  alarm_description   = "Reads of ${each.key} are throttled, pages wait: docs/runbook.md#reads-are-throttled"
  namespace           = "AWS/DynamoDB"
  metric_name         = "ReadThrottleEvents"
  dimensions          = { TableName = each.key }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 5
  threshold           = var.thresholds.apiReadThrottles
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.this.arn]
  ok_actions          = [aws_sns_topic.this.arn]
}
