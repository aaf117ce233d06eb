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
  permissions_boundary = "arn:aws:iam::123456789012:policy/penstock-boundary-prod"
  alarm_email          = "night@example.com"
}

run "prod_without_a_domain" {
  command = plan
  module {
    source = "./live/prod"
  }
  variables {
    domains = null
  }
  expect_failures = [var.domains]
}
