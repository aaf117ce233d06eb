mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "pipeline_of_a_shared_account" {
  command = plan
  module {
    source = "./modules/pipeline"
  }
  variables {
    region         = "eu-west-2"
    account_id     = "444455556666"
    repository     = "weirhouse/penstock"
    environments   = { dev = { account_id = "222222222222" }, staging = { account_id = "222222222222" }, prod = { account_id = "333333333333" } }
    terraform      = { version = "1.11.4", sha256 = "1ce994251c00281d6845f0f268637ba50c0005657eb3cf096b92f753b42ef4dc" }
    approver_email = "release@example.com"
  }
  expect_failures = [var.environments]
}
