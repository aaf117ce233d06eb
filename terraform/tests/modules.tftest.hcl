# What each module writes, planned without an account. Every assertion has a breakage in tests/breakages.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "shop" {
  command = plan
  module {
    source = "./modules/shop"
  }
  variables {
    environment    = "prod"
    release        = "test"
    release_dir    = "./tests/release"
    staff_networks = ["203.0.113.0/24"]
    protected      = true
    recovery       = true
  }
  assert {
    condition = alltrue([
      for mapping in concat(values(aws_lambda_event_source_mapping.queue), values(aws_lambda_event_source_mapping.stream)) :
      mapping.function_response_types == toset(["ReportBatchItemFailures"])
    ])
    error_message = "shop: a mapping fails its whole batch for one record."
  }
  assert {
    condition = alltrue([
      for mapping in values(aws_lambda_event_source_mapping.queue) : length(mapping.scaling_config) == 1
    ])
    error_message = "shop: a queue mapping has no ceiling on its concurrency."
  }
  assert {
    condition = alltrue([
      for mapping in values(aws_lambda_event_source_mapping.stream) :
      mapping.bisect_batch_on_function_error && mapping.maximum_retry_attempts > 0 && length(mapping.destination_config) == 1
    ])
    error_message = "shop: a stream mapping retries for ever, does not halve, or has nowhere to leave what fails."
  }
  assert {
    condition     = alltrue([for queue in values(local.topology.queues) : contains(keys(aws_sqs_queue_redrive_allow_policy.this), queue.deadLetter.queue) if can(queue.deadLetter)])
    error_message = "shop: a dead-letter queue takes messages from anywhere."
  }
  assert {
    condition     = local.environment.QUEUE_URL_BASE == "https://sqs.eu-west-2.amazonaws.com/123456789012/penstock-prod-"
    error_message = "shop: functions look for queues elsewhere."
  }
  assert {
    condition     = alltrue([for value in values(local.environment) : length(value) > 0]) && !contains(keys(local.environment), "ORIGIN_SECRET")
    error_message = "shop: a function's environment is incomplete or holds a secret."
  }
  assert {
    condition     = contains(local.grants["fold-baskets"][length(local.grants["fold-baskets"]) - 1].actions, "sqs:DeleteMessage")
    error_message = "shop: a drain may not settle its messages."
  }
  assert {
    condition     = alltrue([for name, source in local.topology.eventSources : !contains(flatten([for grant in local.topology.functions[source.function].grants : grant.actions if grant.on == "queue/${try(source.queue, "")}"]), "sqs:SendMessage")])
    error_message = "shop: a worker may send to the queue that it drains; Lambda stops such loops."
  }
}

run "fifo_queue" {
  command = plan
  module {
    source = "./modules/queue"
  }
  variables {
    name             = "penstock-test-baskets"
    definition       = { kind = "fifo", visibilitySeconds = 60, retentionDays = 14, throughput = "high" }
    dead_letter      = { arn = "arn:aws:sqs:eu-west-2:123456789012:dead.fifo", max_receives = 1000 }
    consumer_timeout = 10
  }
  assert {
    condition     = aws_sqs_queue.this.deduplication_scope == "messageGroup" && aws_sqs_queue.this.fifo_throughput_limit == "perMessageGroupId"
    error_message = "queue: the default FIFO takes 300 messages a second, and basket writes would turn into 503."
  }
  assert {
    condition     = aws_sqs_queue.this.message_retention_seconds == 1209600
    error_message = "queue: an accepted write may expire in a long outage; 14 days are kept."
  }
  assert {
    condition     = jsondecode(aws_sqs_queue.this.redrive_policy).maxReceiveCount == 1000
    error_message = "queue: no dead-letter queue catches what is received for ever."
  }
  assert {
    condition     = jsondecode(aws_sqs_queue_policy.this.policy).Statement[0].Condition.Bool["aws:SecureTransport"] == "false"
    error_message = "queue: reachable without HTTPS."
  }
}

run "table" {
  command = plan
  module {
    source = "./modules/table"
  }
  variables {
    name       = "penstock-test-orders"
    definition = { key = { partition = "id" }, stream = true, ttl = "expiresAt", indexes = { open = { partition = "openShard", sort = "recentAt", projection = ["status"] } } }
    capacity   = { mode = "fixed", write = 50, read = 100 }
    protected  = true
    recovery   = true
  }
  assert {
    condition     = aws_dynamodb_table.this[0].deletion_protection_enabled && aws_dynamodb_table.this[0].point_in_time_recovery[0].enabled
    error_message = "table: protection or recovery is off."
  }
  assert {
    condition     = aws_dynamodb_table.this[0].stream_view_type == "NEW_AND_OLD_IMAGES"
    error_message = "table: the stream lacks the images that frames are made of."
  }
  assert {
    condition     = tolist(aws_dynamodb_table.this[0].global_secondary_index)[0].write_capacity == 50
    error_message = "table: an index below its table's capacity throttles the table."
  }
  assert {
    condition     = aws_dynamodb_table.this[0].ttl[0].attribute_name == "expiresAt"
    error_message = "table: rows do not expire."
  }
}

run "scaled_table" {
  command = plan
  module {
    source = "./modules/table"
  }
  variables {
    name       = "penstock-test-views"
    definition = { key = { partition = "pk", sort = "sk" }, stream = false, indexes = {} }
    capacity   = { mode = "autoscaled", write = 10, read = 20, max_write = 100, max_read = 200 }
    protected  = false
    recovery   = false
  }
  assert {
    condition     = aws_appautoscaling_target.this["write"].min_capacity == 10 && aws_appautoscaling_target.this["write"].max_capacity == 100 && length(aws_appautoscaling_policy.this) == 2
    error_message = "table: a scaled table does not move between its minimum and maximum."
  }
}

run "on_demand_table" {
  command = plan
  module {
    source = "./modules/table"
  }
  variables {
    name       = "penstock-test-views"
    definition = { key = { partition = "pk" }, stream = false, indexes = {} }
    capacity   = { mode = "on-demand", max_write = 500, max_read = 1000 }
    protected  = false
    recovery   = false
  }
  assert {
    condition     = aws_dynamodb_table.this[0].billing_mode == "PAY_PER_REQUEST" && try(aws_dynamodb_table.this[0].on_demand_throughput[0].max_write_request_units, 0) == 500
    error_message = "table: an on-demand table has no ceiling, or is not on-demand."
  }
}

run "function" {
  command = plan
  module {
    source = "./modules/function"
  }
  variables {
    name                 = "penstock-test-socket"
    zip_dir              = "./tests/release"
    zip                  = "socket"
    runtime              = "nodejs22.x"
    timeout              = 10
    memory               = 256
    environment          = { ENVIRONMENT = "dev" }
    grants               = []
    permissions_boundary = "arn:aws:iam::123456789012:policy/penstock-boundary"
    reserved_concurrency = -1
    log_retention_days   = 30
    alarm_errors         = 1
    alarm_topics         = []
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.errors.datapoints_to_alarm == 2 && aws_cloudwatch_metric_alarm.errors.evaluation_periods == 5
    error_message = "function: one error, which heals by itself, wakes somebody."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.throttles.metric_name == "Throttles"
    error_message = "function: nobody hears that it is not run."
  }
  assert {
    condition     = aws_iam_role.this.permissions_boundary == "arn:aws:iam::123456789012:policy/penstock-boundary"
    error_message = "function: its role carries no boundary."
  }
  assert {
    condition     = aws_lambda_function.this.publish && aws_lambda_alias.live.name == "live"
    error_message = "function: nothing to roll back to."
  }
  assert {
    condition     = aws_cloudwatch_log_group.this.retention_in_days == 30
    error_message = "function: logs are kept for ever."
  }
  assert {
    condition     = aws_lambda_function.this.architectures == tolist(["arm64"])
    error_message = "function: not on arm64."
  }
  assert {
    condition     = aws_lambda_function.this.logging_config[0].log_format == "Text" && !strcontains(aws_iam_role_policy.this.policy, "logs:CreateLogGroup")
    error_message = "function: metric filters find no JSON, or Lambda may make log groups that nobody keeps short."
  }
}

run "socket_api" {
  command = plan
  module {
    source = "./modules/socket-api"
  }
  variables {
    name               = "penstock-test-socket"
    socket             = { selection = "$request.body.action", routes = { "$connect" = { function = "socket", answers = false }, subscribe = { function = "socket", answers = true } } }
    function           = { name = "socket", alias_name = "live", alias_arn = "arn:aws:lambda:eu-west-2:123456789012:function:socket:live", alias_invoke_arn = "arn:aws:apigateway:eu-west-2:lambda:path/2015-03-31/functions/x/invocations" }
    rate_per_second    = 100
    log_retention_days = 30
    access_logs        = true
  }
  assert {
    condition     = output.answering_routes == ["subscribe"]
    error_message = "socket-api: what a handler returns reaches the socket only through a route response."
  }
  assert {
    condition     = output.management_url == "https://mock.execute-api.eu-west-2.amazonaws.com/live"
    error_message = "socket-api: frames are posted to https and the stage."
  }
  assert {
    condition     = endswith(output.connections_arn, "/live/POST/@connections/*")
    error_message = "socket-api: the grant to post frames is wider than posting."
  }
}

run "site" {
  command = plan
  module {
    source = "./modules/site"
  }
  variables {
    name                    = "penstock-test-shop"
    bucket                  = "penstock-test-storefront"
    images_domain           = "images.s3.eu-west-2.amazonaws.com"
    api_host                = "api.example.com"
    content_security_policy = "default-src 'self'"
    protected               = true
  }
  assert {
    condition     = aws_cloudfront_distribution.this.default_cache_behavior[0].viewer_protocol_policy == "redirect-to-https"
    error_message = "site: pages are served without HTTPS."
  }
  assert {
    condition     = alltrue([for behavior in aws_cloudfront_distribution.this.ordered_cache_behavior : behavior.viewer_protocol_policy == "https-only"])
    error_message = "site: the API or pictures are served without HTTPS."
  }
  assert {
    condition     = alltrue([for response in aws_cloudfront_distribution.this.custom_error_response : response.error_caching_min_ttl == 0]) && length(aws_cloudfront_distribution.this.custom_error_response) == 6
    error_message = "site: CloudFront keeps an error for 10 s: one 503 would stick."
  }
  assert {
    condition     = alltrue([for response in aws_cloudfront_distribution.this.custom_error_response : coalesce(response.response_page_path, "none") == "none"])
    error_message = "site: an error of the API would become a page."
  }
  assert {
    condition     = aws_s3_bucket_public_access_block.this.block_public_policy && aws_s3_bucket_public_access_block.this.restrict_public_buckets && aws_s3_bucket_public_access_block.this.block_public_acls && aws_s3_bucket_public_access_block.this.ignore_public_acls
    error_message = "site: the bucket can be made public."
  }
  assert {
    condition     = !aws_s3_bucket.this.force_destroy
    error_message = "site: a protected bucket is destroyed with what it holds."
  }
  assert {
    condition     = strcontains(aws_cloudfront_function.api[0].code, "x-viewer-ip") && !strcontains(aws_cloudfront_function.api[0].code, "current")
    error_message = "site: the API does not learn who asks, or the secret stands in the code."
  }
  assert {
    condition     = strcontains(aws_cloudfront_function.api[0].code, "cf.kvs()")
    error_message = "site: the edge opens its store by a name, which CloudFront refuses at run time."
  }
  assert {
    condition     = [for behavior in aws_cloudfront_distribution.this.ordered_cache_behavior : behavior.cache_policy_id if behavior.path_pattern == "/api/*"] == ["4135ea2d-6df8-44a3-9df3-4b5a84be39ad"]
    error_message = "site: answers of the API are cached."
  }
  assert {
    condition     = length([for statement in output.policy.Statement : statement if statement.Effect == "Allow" && try(statement.Condition.StringEquals["AWS:SourceArn"], "") == "arn:aws:cloudfront::123456789012:distribution/MOCK"]) == 2
    error_message = "site: the bucket is open to a distribution that is not its own."
  }
  assert {
    condition     = alltrue([for origin in aws_cloudfront_distribution.this.origin : length(origin.custom_origin_config) == 1 ? one(origin.custom_origin_config).origin_protocol_policy == "https-only" : origin.origin_access_control_id == "EMOCKACCESS"])
    error_message = "site: an origin is asked without HTTPS, or without signature."
  }
  assert {
    condition     = aws_cloudfront_response_headers_policy.page.security_headers_config[0].strict_transport_security[0].access_control_max_age_sec == 31536000 && aws_cloudfront_response_headers_policy.picture.security_headers_config[0].content_security_policy[0].content_security_policy == "default-src 'none'; sandbox"
    error_message = "site: pages may be asked without HTTPS, or an uploaded picture may run as a page."
  }
}

run "site_with_a_domain" {
  command = plan
  module {
    source = "./modules/site"
  }
  variables {
    name                    = "penstock-test-shop"
    bucket                  = "penstock-test-storefront"
    images_domain           = "images.s3.eu-west-2.amazonaws.com"
    content_security_policy = "default-src 'self'"
    domain                  = "shop.example.com"
    certificate_arn         = "arn:aws:acm:us-east-1:123456789012:certificate/mock"
    protected               = true
  }
  assert {
    condition     = aws_cloudfront_distribution.this.viewer_certificate[0].minimum_protocol_version == "TLSv1.2_2021"
    error_message = "site: an own domain still speaks TLS 1.0."
  }
}

run "site_of_staff" {
  command = plan
  module {
    source = "./modules/site"
  }
  variables {
    name                    = "penstock-test-admin"
    bucket                  = "penstock-test-admin"
    images_domain           = "images.s3.eu-west-2.amazonaws.com"
    networks                = ["203.0.113.0/24"]
    content_security_policy = "default-src 'self'"
    protected               = false
  }
  assert {
    condition     = !aws_cloudfront_distribution.this.is_ipv6_enabled && strcontains(aws_cloudfront_function.page.code, "[[3405803776,24]]") && strcontains(aws_cloudfront_function.picture.code, "[[3405803776,24]]")
    error_message = "site: the allow-list is not in the function, or IPv6 goes around it."
  }
}

run "admin_api" {
  command = plan
  module {
    source = "./modules/rest-api"
  }
  variables {
    name               = "penstock-test-admin-api"
    routes             = [{ method = "GET", path = "/orders/{id}", function = "admin-orders" }, { method = "POST", path = "/uploads/{id}/complete", function = "admin-orders" }]
    functions          = { admin-orders = { name = "admin-orders", alias_name = "live", alias_arn = "arn:aws:lambda:eu-west-2:123456789012:function:x:live", alias_invoke_arn = "arn:aws:apigateway:eu-west-2:lambda:path/2015-03-31/functions/x/invocations" } }
    staff_networks     = ["203.0.113.0/24"]
    admin_origin       = "https://office.example.com"
    region             = "eu-west-2"
    rate_per_second    = 50
    log_retention_days = 30
    access_logs        = true
  }
  assert {
    condition     = aws_api_gateway_rest_api.this.endpoint_configuration[0].types == tolist(["REGIONAL"])
    error_message = "admin-api: behind an edge the source address is CloudFront's, and the network guard sees nobody."
  }
  assert {
    condition     = alltrue([for response in values(aws_api_gateway_gateway_response.this) : lookup(response.response_parameters, "gatewayresponse.header.Access-Control-Allow-Origin", "") == "'https://office.example.com'"])
    error_message = "admin-api: staff cannot read what the gateway refuses."
  }
  assert {
    condition     = alltrue([for response in values(aws_api_gateway_gateway_response.this) : lookup(response.response_parameters, "gatewayresponse.header.Content-Type", "") == "'application/problem+json'"]) && aws_api_gateway_gateway_response.this["THROTTLED"].response_parameters["gatewayresponse.header.Retry-After"] == "'1'"
    error_message = "admin-api: what the gateway refuses is no problem, or does not say when to try again."
  }
  assert {
    condition     = aws_api_gateway_deployment.this.triggers.content == sha1(local.live) && strcontains(local.live, "203.0.113.0/24")
    error_message = "admin-api: a change of the networks is stored and never becomes live."
  }
  assert {
    condition     = strcontains(jsondecode(aws_api_gateway_stage.this.access_log_settings[0].format).sourceIp, "sourceIp") && !strcontains(aws_api_gateway_stage.this.access_log_settings[0].format, "context.path")
    error_message = "admin-api: nobody learns who of staff's networks asked, or the log holds the keys to baskets."
  }
  assert {
    condition     = length(aws_api_gateway_method.preflight) == 5
    error_message = "admin-api: a path has no preflight."
  }
  assert {
    condition     = length(aws_lambda_permission.this) == 2
    error_message = "admin-api: a route may not call its function."
  }
}
