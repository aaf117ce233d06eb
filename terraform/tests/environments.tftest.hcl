# The three environments, planned without an account. Every assertion has a breakage in tests/breakages that turns it red.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

mock_provider "aws" {
  alias           = "us_east_1"
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  staff_networks       = ["203.0.113.0/24"]
  release_dir          = "./tests/release"
  permissions_boundary = "arn:aws:iam::123456789012:policy/penstock-boundary"
  alarm_email          = "night@example.com"
}

run "dev" {
  command = plan
  module {
    source = "./live/dev"
  }
  assert {
    condition     = output.facts.capacities["orders"].write == 5 && output.facts.capacities["views"].mode == "on-demand"
    error_message = "dev: capacity is not the topology's."
  }
  assert {
    condition     = contains(flatten([for statement in output.facts.policies["admin-operations"].Statement : statement.Action]), "dynamodb:UpdateTable")
    error_message = "dev: the lever of capacity cannot be moved."
  }
  assert {
    condition     = !output.facts.protected && output.facts.retention == 7
    error_message = "dev: is to be thrown away easily."
  }
}

run "staging" {
  command = plan
  module {
    source = "./live/staging"
  }
  assert {
    condition     = output.facts.recovery && output.facts.retention == 14
    error_message = "staging: recovery is tried here, and logs are kept for two weeks."
  }
}

run "prod" {
  command = plan
  module {
    source = "./live/prod"
  }
  variables {
    domains = { shop = "shop.example.com", admin = "office.example.com", certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/mock" }
  }
  assert {
    condition     = output.facts.protected && output.facts.recovery
    error_message = "prod: deletion protection and point-in-time recovery are on."
  }
  assert {
    condition     = output.facts.capacities["orders"].write >= 100 && output.facts.capacities["products"].write >= 100
    error_message = "prod: capacity of orders and products is at least 100."
  }
  assert {
    condition = alltrue(flatten([
      for policy in values(output.facts.policies) : [
        for statement in policy.Statement : [for action in statement.Action : !strcontains(action, "*")]
      ]
    ]))
    error_message = "prod: a function's role has a wildcard action."
  }
  assert {
    condition = alltrue(flatten([
      for policy in values(output.facts.policies) : [
        for statement in policy.Statement : [
          for resource in statement.Resource : resource != "*" || jsonencode(statement.Action) == jsonencode(["dynamodb:ListStreams"])
        ]
      ]
    ]))
    error_message = "prod: a function's role has a bare * resource outside the exceptions (ListStreams)."
  }
  assert {
    condition = alltrue(flatten([
      for policy in values(output.facts.policies) : [
        for statement in policy.Statement : [for action in statement.Action : action != "dynamodb:Scan"]
      ]
    ]))
    error_message = "prod: a function may Scan."
  }
  assert {
    condition     = length([for statement in output.facts.admin_policy.Statement : statement if statement.Effect == "Deny" && try(statement.Condition.NotIpAddress["aws:SourceIp"], []) == ["203.0.113.0/24"]]) == 1
    error_message = "prod: the admin API lets foreign networks in."
  }
  assert {
    condition = alltrue([
      for policy in values(output.facts.site_policies) :
      length([for statement in policy.Statement : statement if statement.Effect == "Deny" && try(statement.Condition.Bool["aws:SecureTransport"], "") == "false"]) == 1
    ])
    error_message = "prod: a bucket can be read without HTTPS."
  }
  assert {
    condition = alltrue([
      for policy in values(output.facts.site_policies) : alltrue([
        for statement in policy.Statement : can(statement.Condition.StringEquals["AWS:SourceArn"]) if statement.Effect == "Allow"
      ])
    ])
    error_message = "prod: a bucket can be read by another distribution than its own."
  }
  assert {
    condition     = jsonencode([for statement in output.facts.site_policies.images.Statement : statement.Resource if statement.Effect == "Allow"]) == jsonencode([["arn:aws:s3:::mock/public/*"]])
    error_message = "prod: pictures that were not checked can be read."
  }
  assert {
    condition     = alltrue([for key in output.facts.dead_letters : anytrue([for alarm in output.facts.alarms : startswith(alarm, "penstock-prod-${key}") && endswith(alarm, "-not-empty")])])
    error_message = "prod: a dead-letter queue has no alarm."
  }
  assert {
    condition     = alltrue([for key in keys(output.facts.capacities) : contains(output.facts.alarms, "penstock-prod-${key}-throttled")])
    error_message = "prod: a table has no alarm on its throttled share."
  }
  assert {
    condition     = alltrue([for name, kept in output.facts.reserved : kept >= 2 if contains(["place-orders", "fold-baskets", "move-orders"], name)]) && output.facts.reserved["shop-catalogue"] == -1
    error_message = "prod: a flood of page views can take the executions of the workers."
  }
  assert {
    condition     = output.facts.reserved["broadcast-orders"] == -1
    error_message = "prod: a reservation keeps a reader of a stream from following more than one shard."
  }
  assert {
    condition     = !contains(flatten([for statement in output.facts.policies["admin-operations"].Statement : statement.Action]), "dynamodb:UpdateTable")
    error_message = "prod: the lever of capacity may be moved, with all else that UpdateTable does."
  }
  assert {
    condition     = contains(flatten([for statement in output.facts.policies["place-orders"].Statement : statement.Resource]), "arn:aws:dynamodb:eu-west-2:123456789012:table/penstock-prod-orders")
    error_message = "prod: a grant hangs on a table, which then can never be replaced."
  }
  assert {
    condition     = anytrue([for statement in output.facts.policies["shop-orders"].Statement : statement.Action == ["kms:Decrypt"] && can(statement.Condition.StringLike["kms:ViaService"])])
    error_message = "prod: whether a function may decrypt its secrets is left to the boundary."
  }
  assert {
    condition     = alltrue([for queue in ["orders", "baskets.fifo", "moves.fifo"] : contains(output.facts.alarms, "penstock-prod-${queue}-untouched") && contains(output.facts.alarms, "penstock-prod-${queue}-no-progress")])
    error_message = "prod: a worker that does not run wakes nobody."
  }
  assert {
    condition     = output.facts.web_acl != null
    error_message = "prod: no firewall stands before the shop."
  }
  assert {
    condition     = output.facts.boundary != null
    error_message = "prod: roles carry no permission boundary."
  }
  assert {
    condition     = alltrue([for route in output.facts.shop_routes : strcontains(route, " /api/")])
    error_message = "prod: a shop route lacks the /api prefix that CloudFront passes on."
  }
}

run "prod_without_what_it_needs" {
  command = plan
  module {
    source = "./live/prod"
  }
  variables {
    domains              = { shop = "shop.example.com", admin = "office.example.com", certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/mock" }
    permissions_boundary = null
    alarm_email          = null
  }
  expect_failures = [var.permissions_boundary, var.alarm_email]
}

run "emulator" {
  command = plan
  module {
    source = "./live/local"
  }
  assert {
    condition     = !output.facts.protected
    error_message = "local: the emulator's state is thrown away."
  }
}
