output "topic_arn" {
  value = aws_sns_topic.this.arn
}

output "alarms" {
  value = concat(
    [for alarm in aws_cloudwatch_metric_alarm.dead_letters : alarm.alarm_name],
    [for alarm in aws_cloudwatch_metric_alarm.apply_age : alarm.alarm_name],
    [for alarm in aws_cloudwatch_metric_alarm.throttled : alarm.alarm_name],
    [for alarm in aws_cloudwatch_metric_alarm.reads_throttled : alarm.alarm_name],
  )
}
