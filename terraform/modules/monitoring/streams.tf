# A stream that nobody keeps up with: pages miss changes, lists are old.

resource "aws_cloudwatch_metric_alarm" "iterator_age" {
  for_each            = toset(var.stream_functions)
  alarm_name          = "${each.key}-behind"
  alarm_description   = "${each.key} is more than ${var.thresholds.iteratorAgeSeconds} s behind its stream: docs/runbook.md#a-stream-is-behind"
  namespace           = "AWS/Lambda"
  metric_name         = "IteratorAge"
  dimensions          = { FunctionName = each.key }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 5
  threshold           = var.thresholds.iteratorAgeSeconds * 1000
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.this.arn]
  ok_actions          = [aws_sns_topic.this.arn]
}
