mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "deployer_that_is_no_role" {
  command = plan
  module {
    source = "./bootstrap"
  }
  variables {
    environment = "dev"
    deployer    = "penstock-pipeline-dev"
  }
  expect_failures = [var.deployer]
}
