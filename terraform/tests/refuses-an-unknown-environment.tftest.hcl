mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  staff_networks = ["203.0.113.0/24"]
  release_dir    = "./tests/release"
}

run "an_unknown_environment" {
  command = plan
  module {
    source = "./modules/shop"
  }
  variables {
    environment = "test"
    release     = "test"
    protected   = false
    recovery    = false
  }
  expect_failures = [var.environment]
}
