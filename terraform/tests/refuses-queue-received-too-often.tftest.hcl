mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "queue_received_too_often" {
  command = plan
  module {
    source = "./modules/queue"
  }
  variables {
    name             = "penstock-test-orders"
    definition       = { kind = "standard", visibilitySeconds = 90, retentionDays = 14 }
    dead_letter      = { arn = "arn:aws:sqs:eu-west-2:123456789012:dead", max_receives = 5000 }
    consumer_timeout = 15
  }
  expect_failures = [var.dead_letter]
}
