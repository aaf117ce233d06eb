mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "function_on_another_runtime" {
  command = plan
  module {
    source = "./modules/function"
  }
  variables {
    name                 = "penstock-test-socket"
    zip_dir              = "./tests/release"
    zip                  = "socket"
    runtime              = "python3.12"
    timeout              = 10
    memory               = 256
    environment          = {}
    grants               = []
    permissions_boundary = null
    reserved_concurrency = -1
    log_retention_days   = 30
    alarm_errors         = 1
    alarm_topics         = []
  }
  expect_failures = [var.runtime]
}
