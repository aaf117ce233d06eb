mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "a_retention_that_logs_refuse" {
  command = plan
  module {
    source = "./modules/shop"
  }
  variables {
    environment        = "dev"
    release            = "test"
    release_dir        = "./tests/release"
    staff_networks     = ["203.0.113.0/24"]
    protected          = false
    recovery           = false
    log_retention_days = 8
  }
  expect_failures = [var.log_retention_days]
}
