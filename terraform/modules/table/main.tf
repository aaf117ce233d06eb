# One DynamoDB table with its indexes, as topology.json names them.

locals {
  indexes = { for name, index in var.definition.indexes : name => {
    partition  = index.partition
    sort       = try(index.sort, null)
    projection = try(tostring(index.projection), "some")
    attributes = try(tolist(index.projection), [])
  } }
  key_attributes = distinct(compact(concat(
    [var.definition.key.partition, try(var.definition.key.sort, null)],
    flatten([for index in local.indexes : [index.partition, index.sort]]),
  )))
  on_demand = var.capacity.mode == "on-demand"
  # A scaled index drifts, and only the whole set of indexes can be ignored: where there are indexes the capacity is fixed.
  autoscaled = var.capacity.mode == "autoscaled"
}

resource "aws_dynamodb_table" "this" {
  name                        = var.name
  billing_mode                = local.on_demand ? "PAY_PER_REQUEST" : "PROVISIONED"
  read_capacity               = local.on_demand ? null : var.capacity.read
  write_capacity              = local.on_demand ? null : var.capacity.write
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

  dynamic "global_secondary_index" {
    for_each = local.indexes
    content {
      name               = global_secondary_index.key
      hash_key           = global_secondary_index.value.partition
      range_key          = global_secondary_index.value.sort
      read_capacity      = local.on_demand ? null : var.capacity.read
      write_capacity     = local.on_demand ? null : var.capacity.write
      projection_type    = { keys = "KEYS_ONLY", all = "ALL", some = "INCLUDE" }[global_secondary_index.value.projection]
      non_key_attributes = global_secondary_index.value.projection == "some" ? global_secondary_index.value.attributes : null
    }
  }

  dynamic "on_demand_throughput" {
    for_each = local.on_demand && var.capacity.max_write != null ? [1] : []
    content {
      max_write_request_units = var.capacity.max_write
      max_read_request_units  = var.capacity.max_read
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
    # Steered by min and max of the scalable target, or by the operator's lever.
    ignore_changes = [read_capacity, write_capacity]
    precondition {
      condition     = !local.autoscaled || length(local.indexes) == 0
      error_message = "Table ${var.name}: a table with indexes is fixed or on-demand, not autoscaled, because a scaled index drifts (terraform/README.md)."
    }
  }
}

resource "aws_appautoscaling_target" "this" {
  for_each           = local.autoscaled ? toset(["read", "write"]) : toset([])
  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.this.name}"
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
