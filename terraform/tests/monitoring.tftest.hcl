# What wakes somebody up. Every assertion has a breakage in tests/breakages.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "monitoring" {
  command = plan
  module {
    source = "./modules/monitoring"
  }
  variables {
    name                 = "penstock-test"
    region               = "eu-west-2"
    account_id           = "123456789012"
    tables               = ["penstock-test-orders"]
    dead_letter_queues   = ["penstock-test-orders-dead"]
    apply_age_log_groups = { place-orders = "/aws/lambda/penstock-test-place-orders" }
    write_queues         = ["penstock-test-orders"]
    worker_log_groups    = { place-orders = "/aws/lambda/penstock-test-place-orders" }
    stream_functions     = ["penstock-test-broadcast-orders"]
    shop_api_id          = "api"
    admin_api_name       = "penstock-test-admin-api"
    alarm_email          = "night@example.com"
    budget_usd           = 50
    thresholds           = { applyAgeSeconds = 900, applyAgeEscalateSeconds = 86400, throttledShare = 0.05, throttledMinutes = 10, deadLetters = 1, apiReadThrottles = 1, apiFaults = 5, iteratorAgeSeconds = 60 }
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.apply_age["place-orders"].threshold == 900000 && aws_cloudwatch_log_metric_filter.apply_age["place-orders"].pattern == "{ $.ageMs = * }"
    error_message = "monitoring: nobody is told that accepted writes wait."
  }
  assert {
    condition     = one([for query in aws_cloudwatch_metric_alarm.untouched["penstock-test-orders"].metric_query : query.expression if query.id == "untouched"]) == "IF(age > 900 AND visible > 0, 1, 0)"
    error_message = "monitoring: what nobody takes wakes nobody, or what is deferred does."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.no_progress["penstock-test-orders"].evaluation_periods == 10 && strcontains(one([for query in aws_cloudwatch_metric_alarm.no_progress["penstock-test-orders"].metric_query : coalesce(query.expression, "-") if query.id == "stands"]), "FILL(settled, 0) < 1")
    error_message = "monitoring: a backlog without progress wakes nobody."
  }
  assert {
    condition     = strcontains(one([for query in aws_cloudwatch_metric_alarm.throttled["penstock-test-orders"].metric_query : coalesce(query.expression, "-") if query.id == "share"]), "FILL(writes, 0)")
    error_message = "monitoring: a minute in which every write is throttled has no share."
  }
  assert {
    condition     = alltrue([for alarm in concat(values(aws_cloudwatch_metric_alarm.untouched), values(aws_cloudwatch_metric_alarm.apply_age), values(aws_cloudwatch_metric_alarm.throttled), values(aws_cloudwatch_metric_alarm.iterator_age), values(aws_cloudwatch_metric_alarm.api_faults)) : length(alarm.ok_actions) == 1])
    error_message = "monitoring: nobody hears that an alarm is over."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.apply_age_escalates["place-orders"].threshold == 86400000
    error_message = "monitoring: writes may wait until their queue forgets them."
  }
  assert {
    condition     = strcontains(aws_cloudwatch_log_metric_filter.dead_lettered["place-orders"].pattern, "dead-letter-not-kept") && aws_cloudwatch_metric_alarm.dead_lettered.metric_name == aws_cloudwatch_log_metric_filter.dead_lettered["place-orders"].metric_transformation[0].name
    error_message = "monitoring: a write that is given up wakes nobody."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.throttled["penstock-test-orders"].threshold == 0.05 && aws_cloudwatch_metric_alarm.throttled["penstock-test-orders"].evaluation_periods == 10
    error_message = "monitoring: one throttle, which the pacer makes on purpose, would alarm."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.iterator_age["penstock-test-broadcast-orders"].threshold == 60000
    error_message = "monitoring: nobody is told that a stream is behind."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.api_faults["shop"].metric_name == "5xx" && aws_cloudwatch_metric_alarm.api_faults["admin"].metric_name == "5XXError"
    error_message = "monitoring: an API that answers 500 is looked for under a name that it does not have."
  }
  assert {
    condition     = alltrue([for alarm in concat(values(aws_cloudwatch_metric_alarm.dead_letters), values(aws_cloudwatch_metric_alarm.apply_age), values(aws_cloudwatch_metric_alarm.throttled), values(aws_cloudwatch_metric_alarm.iterator_age), values(aws_cloudwatch_metric_alarm.api_faults)) : length(alarm.alarm_actions) == 1])
    error_message = "monitoring: an alarm goes nowhere."
  }
  assert {
    condition     = aws_sns_topic_subscription.this[0].endpoint == "night@example.com"
    error_message = "monitoring: nobody is written to."
  }
  assert {
    condition     = aws_budgets_budget.this[0].limit_amount == "50" && length(aws_budgets_budget.this[0].notification) == 2
    error_message = "monitoring: money is spent unseen."
  }
  assert {
    condition     = jsondecode(aws_sns_topic_policy.this.policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "123456789012"
    error_message = "monitoring: alarms of other accounts may be sent here."
  }
}
