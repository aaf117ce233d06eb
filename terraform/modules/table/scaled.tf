# A table whose capacity moves between a minimum and a maximum. It has no indexes: a scaled index drifts, and Terraform can
# only ignore all of a table's indexes at once.

resource "aws_dynamodb_table" "scaled" {
  count                       = local.autoscaled ? 1 : 0
  name                        = var.name
  billing_mode                = "PROVISIONED"
  read_capacity               = var.capacity.read
  write_capacity              = var.capacity.write
  hash_key                    = var.definition.key.partition
  range_key                   = try(var.definition.key.sort, null)
  stream_enabled              = var.definition.stream
  stream_view_type            = var.definition.stream ? "NEW_AND_OLD_IMAGES" : null
  deletion_protection_enabled = var.protected

  dynamic "attribute" {
    for_each = toset(local.key_attributes)
    content {
      name = attribute.value
      type = "S"
    }
  }

  dynamic "ttl" {
    for_each = try([var.definition.ttl], [])
    content {
      attribute_name = ttl.value
      enabled        = true
    }
  }

  point_in_time_recovery {
    enabled = var.recovery
  }

  lifecycle {
    # Steered by the target's minimum and maximum.
    ignore_changes = [read_capacity, write_capacity]
    precondition {
      condition     = length(local.indexes) == 0
      error_message = "Table ${var.name}: a table with indexes is fixed or on-demand, not autoscaled, because a scaled index drifts (terraform/README.md)."
    }
  }
}

resource "aws_appautoscaling_target" "this" {
  for_each           = local.autoscaled ? toset(["read", "write"]) : toset([])
  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.scaled[0].name}"
  scalable_dimension = each.key == "read" ? "dynamodb:table:ReadCapacityUnits" : "dynamodb:table:WriteCapacityUnits"
  min_capacity       = each.key == "read" ? var.capacity.read : var.capacity.write
  max_capacity       = each.key == "read" ? var.capacity.max_read : var.capacity.max_write
}

resource "aws_appautoscaling_policy" "this" {
  for_each           = aws_appautoscaling_target.this
  name               = "${var.name}-${each.key}"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = each.value.service_namespace
  resource_id        = each.value.resource_id
  scalable_dimension = each.value.scalable_dimension
  target_tracking_scaling_policy_configuration {
    target_value = 70
    predefined_metric_specification {
      predefined_metric_type = each.key == "read" ? "DynamoDBReadCapacityUtilization" : "DynamoDBWriteCapacityUtilization"
    }
  }
}
