mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "function_without_its_zip" {
  command = plan
  module {
    source = "./modules/function"
  }
  variables {
    name                 = "penstock-test-nothing"
    zip_dir              = "./tests/release"
    zip                  = "no-such-zip"
    runtime              = "nodejs22.x"
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
  expect_failures = [aws_lambda_function.this]
}
