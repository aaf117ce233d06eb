# One DynamoDB table with its indexes, as topology.json names them. Fixed and on-demand tables are `this`: what topology.json
# says is what is applied. A scaled table is the resource in scaled.tf, because ignoring changes of capacity cannot be conditional.

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
  on_demand  = var.capacity.mode == "on-demand"
  autoscaled = var.capacity.mode == "autoscaled"
  table      = one(concat(aws_dynamodb_table.this, aws_dynamodb_table.scaled))
}

resource "aws_dynamodb_table" "this" {
  count                       = local.autoscaled ? 0 : 1
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
}
