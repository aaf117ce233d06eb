# One page: what is written, what waits, what failed.

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
