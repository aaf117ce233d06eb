output "topic_arn" {
  value = aws_sns_topic.this.arn
}

output "alarms" {
  value = [for alarm in concat(
    values(aws_cloudwatch_metric_alarm.dead_letters),
    [aws_cloudwatch_metric_alarm.dead_lettered],
    values(aws_cloudwatch_metric_alarm.apply_age),
    values(aws_cloudwatch_metric_alarm.apply_age_escalates),
    values(aws_cloudwatch_metric_alarm.untouched),
    values(aws_cloudwatch_metric_alarm.no_progress),
    values(aws_cloudwatch_metric_alarm.throttled),
    values(aws_cloudwatch_metric_alarm.reads_throttled),
    values(aws_cloudwatch_metric_alarm.iterator_age),
    values(aws_cloudwatch_metric_alarm.api_faults),
  ) : alarm.alarm_name]
}
