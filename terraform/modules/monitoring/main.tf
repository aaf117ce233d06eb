# Where alarms go, the alarms that belong to no single function, the dashboard and the budget.

locals {
  tables       = toset(var.tables)
  dead_letters = toset(var.dead_letter_queues)
}

resource "aws_sns_topic" "this" {
  name = "${var.name}-alarms"
}

resource "aws_sns_topic_policy" "this" {
  arn = aws_sns_topic.this.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"] }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.this.arn
      Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
    }]
  })
}

resource "aws_sns_topic_subscription" "this" {
  count     = var.alarm_email == null ? 0 : 1
  topic_arn = aws_sns_topic.this.arn
  protocol  = "email"
  endpoint  = var.alarm_email
}

resource "aws_cloudwatch_metric_alarm" "dead_letters" {
  for_each            = local.dead_letters
  alarm_name          = "${each.key}-not-empty"
  alarm_description   = "Messages that no worker could settle lie in ${each.key} (docs/operations.md)."
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
  alarm_description   = "Writes of ${each.key} are stored more than ${var.thresholds.applyAgeSeconds} s after they were accepted."
  namespace           = var.name
  metric_name         = "ApplyAge-${each.key}"
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 2
  threshold           = var.thresholds.applyAgeSeconds * 1000
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.this.arn]
}

# The pacer probes by being throttled: a single throttle means nothing, a share of them does.
resource "aws_cloudwatch_metric_alarm" "throttled" {
  for_each            = local.tables
  alarm_name          = "${each.key}-throttled"
  alarm_description   = "More than ${var.thresholds.throttledShare * 100} % of the writes to ${each.key} are throttled."
  evaluation_periods  = var.thresholds.throttledMinutes
  threshold           = var.thresholds.throttledShare
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.this.arn]

  metric_query {
    id          = "share"
    expression  = "throttles / (throttles + writes)"
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
  for_each            = local.tables
  alarm_name          = "${each.key}-reads-throttled"
  alarm_description   = "Reads of ${each.key} are throttled: pages wait."
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
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name
  dashboard_body = jsonencode({
    widgets = [
      for index, widget in [
        {
          title   = "Writes: consumed units a minute"
          metrics = [for table in var.tables : ["AWS/DynamoDB", "ConsumedWriteCapacityUnits", "TableName", table]]
          stat    = "Sum"
        },
        {
          title   = "Writes: throttle events a minute"
          metrics = [for table in var.tables : ["AWS/DynamoDB", "WriteThrottleEvents", "TableName", table]]
          stat    = "Sum"
        },
        {
          title   = "Age of what is stored, ms"
          metrics = [for key in keys(var.apply_age_log_groups) : [var.name, "ApplyAge-${key}"]]
          stat    = "p95"
        },
        {
          title   = "Dead letters"
          metrics = [for queue in var.dead_letter_queues : ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", queue]]
          stat    = "Maximum"
        },
        ] : {
        type       = "metric"
        x          = (index % 2) * 12
        y          = floor(index / 2) * 6
        width      = 12
        height     = 6
        properties = merge(widget, { region = var.region, period = 60, view = "timeSeries" })
      }
    ]
  })
}

resource "aws_budgets_budget" "this" {
  count        = var.budget_usd == null ? 0 : 1
  name         = var.name
  budget_type  = "COST"
  limit_amount = tostring(var.budget_usd)
  limit_unit   = "USD"
  time_unit    = "MONTHLY"
  notification {
    comparison_operator       = "GREATER_THAN"
    threshold                 = 80
    threshold_type            = "PERCENTAGE"
    notification_type         = "FORECASTED"
    subscriber_sns_topic_arns = [aws_sns_topic.this.arn]
  }
}
