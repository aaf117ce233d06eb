mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "pipeline_with_unchecked_terraform" {
  command = plan
  module {
    source = "./modules/pipeline"
  }
  variables {
    region         = "eu-west-2"
    account_id     = "444455556666"
    repository     = "weirhouse/penstock"
    environments   = { dev = { account_id = "111111111111" }, staging = { account_id = "222222222222" }, prod = { account_id = "333333333333" } }
    terraform      = { version = "1.11.4", sha256 = "none" }
    approver_email = "release@example.com"
  }
  expect_failures = [var.terraform]
}
