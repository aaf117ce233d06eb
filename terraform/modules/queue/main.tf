# One SQS queue. High-throughput FIFO where the topology says so; everything retains 14 days (G4).

locals {
  fifo = var.definition.kind == "fifo"
  high = local.fifo && try(var.definition.throughput, "standard") == "high"
}

resource "aws_sqs_queue" "this" {
  name                       = local.fifo ? "${var.name}.fifo" : var.name
  fifo_queue                 = local.fifo ? true : null
  deduplication_scope        = local.high ? "messageGroup" : null
  fifo_throughput_limit      = local.high ? "perMessageGroupId" : null
  visibility_timeout_seconds = var.definition.visibilitySeconds
  message_retention_seconds  = var.definition.retentionDays * 24 * 60 * 60
  sqs_managed_sse_enabled    = true

  redrive_policy = var.dead_letter == null ? null : jsonencode({
    deadLetterTargetArn = var.dead_letter.arn
    maxReceiveCount     = var.dead_letter.max_receives
  })

  lifecycle {
    precondition {
      condition     = var.definition.visibilitySeconds >= 6 * var.consumer_timeout
      error_message = "Queue ${var.name}: visibility ${var.definition.visibilitySeconds} s is below six times the ${var.consumer_timeout} s time-out of its function."
    }
    precondition {
      condition     = var.definition.retentionDays == 14
      error_message = "Queue ${var.name}: an accepted write must outlive a long outage, so a queue retains 14 days; this says ${var.definition.retentionDays}."
    }
  }
}

resource "aws_sqs_queue_policy" "this" {
  queue_url = aws_sqs_queue.this.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "HttpsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "sqs:*"
      Resource  = aws_sqs_queue.this.arn
      Condition = merge({ Bool = { "aws:SecureTransport" = "false" } }, var.emulated ? { StringEquals = { "aws:PrincipalAccount" = "nobody" } } : {})
    }]
  })
}
