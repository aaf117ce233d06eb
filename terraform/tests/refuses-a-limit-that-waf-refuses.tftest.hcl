mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "a_limit_that_waf_refuses" {
  command = plan
  module {
    source = "./modules/waf"
  }
  variables {
    name   = "penstock-test"
    limits = { orders = 1, baskets = 100, all = 1000 }
  }
  expect_failures = [var.limits]
}
