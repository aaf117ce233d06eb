# The whole shop of one environment, as topology.json describes it: the same file that the one-machine cloud boots from.

data "aws_caller_identity" "this" {}
data "aws_region" "this" {}

locals {
  topology = jsondecode(file("${path.module}/../../../topology.json"))
  prefix   = "${local.topology.service}-${var.environment}-"
  account  = data.aws_caller_identity.this.account_id
  region   = data.aws_region.this.id

  # The time-out of whoever drains a queue. Plain facts of the file, so that queues do not wait for functions.
  consumer_timeouts = {
    for key in keys(local.topology.queues) : key => max(0, [
      for source in values(local.topology.eventSources) :
      local.topology.functions[source.function].timeoutSeconds if try(source.queue, "") == key
    ]...)
  }
  # What accepted writes wait in, by its full name.
  write_queues = { for key in ["orders", "baskets", "moves"] : key => local.topology.queues[key].kind == "fifo" ? "${local.prefix}${key}.fifo" : "${local.prefix}${key}" }

  dead_letter_keys = distinct(concat(
    [for queue in values(local.topology.queues) : queue.deadLetter.queue if can(queue.deadLetter)],
    [for source in values(local.topology.eventSources) : source.onFailure if can(source.onFailure)],
  ))
}

module "table" {
  source     = "../table"
  for_each   = local.topology.tables
  name       = "${local.prefix}${each.key}"
  definition = each.value
  capacity   = local.capacities[each.key]
  protected  = var.protected
  recovery   = var.recovery
}

locals {
  # topology.json says fixed numbers or on-demand per environment; var.capacity overrides single tables.
  capacities = {
    for key, table in local.topology.tables : key => {
      mode      = try(tostring(var.capacity[key].mode), can(table.capacity[var.environment].write) ? "fixed" : "on-demand")
      write     = try(tonumber(var.capacity[key].write), tonumber(table.capacity[var.environment].write), null)
      read      = try(tonumber(var.capacity[key].read), tonumber(table.capacity[var.environment].read), null)
      max_write = try(tonumber(var.capacity[key].max_write), null)
      max_read  = try(tonumber(var.capacity[key].max_read), null)
    }
  }
}

module "dead_letter_queue" {
  source           = "../queue"
  for_each         = toset(local.dead_letter_keys)
  name             = "${local.prefix}${each.key}"
  definition       = local.topology.queues[each.key]
  consumer_timeout = local.consumer_timeouts[each.key]
  emulated         = var.emulator != null
}

module "queue" {
  source           = "../queue"
  for_each         = { for key, queue in local.topology.queues : key => queue if !contains(local.dead_letter_keys, key) }
  name             = "${local.prefix}${each.key}"
  definition       = each.value
  consumer_timeout = local.consumer_timeouts[each.key]
  emulated         = var.emulator != null
  dead_letter = {
    arn          = module.dead_letter_queue[each.value.deadLetter.queue].arn
    max_receives = each.value.deadLetter.maxReceiveCount
  }
}

# Only its own queue may send to a dead-letter queue.
resource "aws_sqs_queue_redrive_allow_policy" "this" {
  for_each  = var.emulator != null ? {} : { for key, queue in local.topology.queues : queue.deadLetter.queue => key if can(queue.deadLetter) }
  queue_url = module.dead_letter_queue[each.key].url
  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [module.queue[each.value].arn]
  })
}

module "images" {
  source            = "../images"
  bucket            = "${local.prefix}images-${local.account}"
  definition        = local.topology.buckets.images
  emulated          = var.emulator != null
  upload_origins    = [local.admin_origin]
  distribution_arns = [module.shop_site.distribution_arn, module.admin_site.distribution_arn]
  protected         = var.protected
}
