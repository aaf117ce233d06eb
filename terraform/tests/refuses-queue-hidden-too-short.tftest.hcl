mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "queue_hidden_too_short" {
  command = plan
  module {
    source = "./modules/queue"
  }
  variables {
    name             = "penstock-test-orders"
    definition       = { kind = "standard", visibilitySeconds = 60, retentionDays = 14 }
    consumer_timeout = 15
  }
  expect_failures = [aws_sqs_queue.this]
}
