# Functions, what they may do, and what feeds them.

locals {
  environment = {
    ENVIRONMENT                              = var.environment
    NAME_PREFIX                              = local.prefix
    QUEUE_URL_BASE                           = "${var.emulator == null ? "https://sqs.${local.region}.amazonaws.com" : var.emulator}/${local.account}/${local.prefix}"
    IMAGES_BUCKET                            = module.images.bucket
    SECRET_PREFIX                            = local.secret_prefix
    CURRENCY                                 = local.topology.currency
    STAFF_NETWORKS                           = join(",", var.staff_networks)
    ADMIN_ORIGINS                            = local.admin_origin
    SHOP_ORIGINS                             = local.shop_origin
    RELEASE                                  = var.release
    LOG_LEVEL                                = "info"
    AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI = var.emulator == null ? module.socket_api.management_url : "${var.emulator}/_aws/execute-api/${module.socket_api.id}/live"
  }
  # Queue consumers keep executions for themselves, so that a flood of page views cannot take them; topology.json gives each as many
  # as its queues call (platform/src/topology.ts checks it). Readers of streams keep none: they need one for each shard, and a
  # reservation is a ceiling too.
  queue_consumers = distinct([for source in values(local.topology.eventSources) : source.function if can(source.queue)])
  reserved = {
    for name, called in local.topology.functions : name => !var.reserve_workers || !contains(local.queue_consumers, name) ? -1 : called.concurrency
  }
  secret_prefix = "/${local.topology.service}/${var.environment}/"

  queue_arns = merge(
    { for key, queue in module.queue : key => queue.arn },
    { for key, queue in module.dead_letter_queue : key => queue.arn },
  )

  # What Lambda's pollers need of the function's role; the same lists as platform/src/grants.ts.
  drain_actions  = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"]
  stream_actions = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]

  # The lever of capacity is for dev; UpdateTable also ends streams and lifts protection.
  withheld = contains(["local", "dev"], var.environment) ? [] : ["dynamodb:UpdateTable"]

  grants = {
    for name, called in local.topology.functions : name => concat(
      [for grant in called.grants : { actions = setsubtract(grant.actions, local.withheld), resources = [local.resource_arns[grant.on]] }],
      flatten([
        for source in values(local.topology.eventSources) : can(source.queue) ? [
          { actions = local.drain_actions, resources = [local.queue_arns[source.queue]] },
          ] : [
          { actions = local.stream_actions, resources = ["${local.tables_arn}${source.stream}/stream/*"] },
          # ListStreams knows no resources: one of the named exceptions (terraform/README.md).
          { actions = ["dynamodb:ListStreams"], resources = ["*"] },
          { actions = ["sqs:SendMessage"], resources = [local.queue_arns[source.onFailure]] },
        ] if source.function == name
      ]),
    )
  }

  granted = toset(flatten([for called in values(local.topology.functions) : [for grant in called.grants : grant.on]]))
  # Made of names, not taken from module.table: the deployment of the REST API is created before the old one is destroyed, and that
  # passes on to all that it depends on. A table among it could never be replaced, because its name is taken.
  tables_arn = "arn:aws:dynamodb:${local.region}:${local.account}:table/${local.prefix}"

  # A grant's words as an ARN: table/orders/index/open, queue/orders, secret/receipt-keys, bucket/images/public/*, socket.
  resource_arns = {
    for on in local.granted : on => (
      on == "socket" ? module.socket_api.connections_arn :
      startswith(on, "queue/") ? local.queue_arns[trimprefix(on, "queue/")] :
      startswith(on, "secret/") ? "arn:aws:ssm:${local.region}:${local.account}:parameter${local.secret_prefix}${trimprefix(on, "secret/")}" :
      startswith(on, "bucket/images/") ? "${module.images.arn}/${trimprefix(on, "bucket/images/")}" :
      startswith(on, "bucket/") ? module.images.arn :
      join("/", concat(["${local.tables_arn}${split("/", on)[1]}"], slice(split("/", on), 2, length(split("/", on)))))
    )
  }
}

module "function" {
  source               = "../function"
  for_each             = local.topology.functions
  name                 = "${local.prefix}${each.key}"
  zip_dir              = var.release_dir
  zip                  = trimsuffix(basename(each.value.entry), ".ts")
  runtime              = var.lambda_runtime
  timeout              = each.value.timeoutSeconds
  memory               = each.value.memoryMb
  environment          = local.environment
  grants               = local.grants[each.key]
  permissions_boundary = var.permissions_boundary
  reserved_concurrency = local.reserved[each.key]
  log_retention_days   = var.log_retention_days
  alarm_errors         = local.topology.alarms.functionErrors
  alarm_topics         = [module.monitoring.topic_arn]
}

resource "aws_lambda_event_source_mapping" "queue" {
  for_each                           = { for name, source in local.topology.eventSources : name => source if can(source.queue) }
  event_source_arn                   = local.queue_arns[each.value.queue]
  function_name                      = module.function[each.value.function].alias_arn
  batch_size                         = each.value.batchSize
  maximum_batching_window_in_seconds = each.value.windowSeconds
  enabled                            = each.value.enabled
  function_response_types            = each.value.partialResponses ? ["ReportBatchItemFailures"] : []
  scaling_config {
    maximum_concurrency = each.value.concurrency
  }
  # Whoever paused it in an incident opens it again (docs/operations.md); a deployment does not.
  lifecycle {
    ignore_changes = [enabled]
  }
}

resource "aws_lambda_event_source_mapping" "stream" {
  for_each                           = { for name, source in local.topology.eventSources : name => source if can(source.stream) }
  event_source_arn                   = module.table[each.value.stream].stream_arn
  function_name                      = module.function[each.value.function].alias_arn
  starting_position                  = "TRIM_HORIZON"
  batch_size                         = each.value.batchSize
  maximum_batching_window_in_seconds = each.value.windowSeconds
  parallelization_factor             = each.value.parallelization
  maximum_retry_attempts             = each.value.retries
  maximum_record_age_in_seconds      = each.value.recordAgeSeconds
  bisect_batch_on_function_error     = each.value.bisect
  enabled                            = each.value.enabled
  function_response_types            = each.value.partialResponses ? ["ReportBatchItemFailures"] : []
  destination_config {
    on_failure {
      destination_arn = local.queue_arns[each.value.onFailure]
    }
  }
  lifecycle {
    ignore_changes = [enabled]
  }
}
