mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "deployer_of_another_environment" {
  command = plan
  module {
    source = "./bootstrap"
  }
  variables {
    environment = "prod"
    deployer    = "arn:aws:iam::444455556666:role/penstock-pipeline-dev"
  }
  expect_failures = [var.deployer]
}
