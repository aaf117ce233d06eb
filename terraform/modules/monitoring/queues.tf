# Writes that wait too long, and writes that were given up.

resource "aws_cloudwatch_metric_alarm" "dead_letters" {
  for_each            = toset(var.dead_letter_queues)
  alarm_name          = "${each.key}-not-empty"
  alarm_description   = "Messages that no worker could settle lie in ${each.key}: docs/runbook.md#a-dead-letter-queue-is-not-empty"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = each.key }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 1
  threshold           = var.thresholds.deadLetters
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.this.arn]
  ok_actions          = [aws_sns_topic.this.arn]
}

# Letters leave their queue within seconds, and workers write most of them without one: what counts is the line they log.
resource "aws_cloudwatch_log_metric_filter" "dead_lettered" {
  for_each       = var.worker_log_groups
  name           = "${var.name}-dead-lettered-${each.key}"
  log_group_name = each.value
  pattern        = "{ ($.event = \"dead-lettered\") || ($.event = \"dead-letter-not-kept\") }"
  metric_transformation {
    namespace = var.name
    name      = "DeadLettered"
    value     = "1"
    unit      = "Count"
  }
}

resource "aws_cloudwatch_metric_alarm" "dead_lettered" {
  alarm_name          = "${var.name}-dead-lettered"
  alarm_description   = "A write was given up and lies among the dead letters of the back office: docs/runbook.md#a-write-was-given-up"
  namespace           = var.name
  metric_name         = "DeadLettered"
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = var.thresholds.deadLetters
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.this.arn]
  ok_actions          = [aws_sns_topic.this.arn]
  depends_on          = [aws_cloudwatch_log_metric_filter.dead_lettered]
}

# The oldest-message metric of SQS forgets what was received three times, which is what deferral does: workers log the
# age of what they settle, and that is counted.
resource "aws_cloudwatch_log_metric_filter" "apply_age" {
  for_each       = var.apply_age_log_groups
  name           = "${var.name}-apply-age-${each.key}"
  log_group_name = each.value
  pattern        = "{ $.ageMs = * }"
  metric_transformation {
    namespace = var.name
    name      = "ApplyAge-${each.key}"
    value     = "$.ageMs"
    unit      = "Milliseconds"
  }
}

resource "aws_cloudwatch_metric_alarm" "apply_age" {
  for_each            = aws_cloudwatch_log_metric_filter.apply_age
  alarm_name          = "${var.name}-apply-age-${each.key}"
  alarm_description   = "Writes of ${each.key} are stored more than ${var.thresholds.applyAgeSeconds} s after they were accepted: docs/runbook.md#writes-are-stored-late"
  namespace           = var.name
  metric_name         = "ApplyAge-${each.key}"
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 2
  threshold           = var.thresholds.applyAgeSeconds * 1000
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.this.arn]
  ok_actions          = [aws_sns_topic.this.arn]
}

# Nobody acted on the first alarm: retention is 14 days, and then accepted writes are gone.
resource "aws_cloudwatch_metric_alarm" "apply_age_escalates" {
  for_each            = aws_cloudwatch_log_metric_filter.apply_age
  alarm_name          = "${var.name}-apply-age-${each.key}-escalates"
  alarm_description   = "Writes of ${each.key} wait for more than ${var.thresholds.applyAgeEscalateSeconds} s: docs/runbook.md#writes-wait-for-a-day"
  namespace           = var.name
  metric_name         = "ApplyAge-${each.key}"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = var.thresholds.applyAgeEscalateSeconds * 1000
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.this.arn]
  ok_actions          = [aws_sns_topic.this.arn]
}

# A worker that does not run logs nothing, so the alarms on what it logs stay silent: these two ask the queues. The age that SQS
# tells is wrong for what was deferred and right for what nobody has touched, so something must be visible too.
resource "aws_cloudwatch_metric_alarm" "untouched" {
  for_each            = toset(var.write_queues)
  alarm_name          = "${each.key}-untouched"
  alarm_description   = "Writes lie in ${each.key} for more than ${var.thresholds.applyAgeSeconds} s and nobody takes them: docs/runbook.md#writes-lie-untouched"
  evaluation_periods  = 2
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.this.arn]
  ok_actions          = [aws_sns_topic.this.arn]

  metric_query {
    id          = "untouched"
    expression  = "IF(age > ${var.thresholds.applyAgeSeconds} AND visible > 0, 1, 0)"
    label       = "Old and visible"
    return_data = true
  }
  dynamic "metric_query" {
    for_each = { age = "ApproximateAgeOfOldestMessage", visible = "ApproximateNumberOfMessagesVisible" }
    content {
      id = metric_query.key
      metric {
        namespace   = "AWS/SQS"
        metric_name = metric_query.value
        dimensions  = { QueueName = each.key }
        period      = 60
        stat        = "Maximum"
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "no_progress" {
  for_each            = toset(var.write_queues)
  alarm_name          = "${each.key}-no-progress"
  alarm_description   = "Writes wait in ${each.key} and none was settled for ten minutes: docs/runbook.md#writes-lie-untouched"
  evaluation_periods  = 10
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.this.arn]
  ok_actions          = [aws_sns_topic.this.arn]

  metric_query {
    id          = "stands"
    expression  = "IF(visible > 0 AND FILL(settled, 0) < 1, 1, 0)"
    label       = "Waiting and none settled"
    return_data = true
  }
  metric_query {
    id = "visible"
    metric {
      namespace   = "AWS/SQS"
      metric_name = "ApproximateNumberOfMessagesVisible"
      dimensions  = { QueueName = each.key }
      period      = 60
      stat        = "Minimum"
    }
  }
  metric_query {
    id = "settled"
    metric {
      namespace   = "AWS/SQS"
      metric_name = "NumberOfMessagesDeleted"
      dimensions  = { QueueName = each.key }
      period      = 60
      stat        = "Sum"
    }
  }
}
