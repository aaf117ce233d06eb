mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  staff_networks = ["203.0.113.0/24"]
  release_dir    = "./tests/release"
}

run "an_emulator_that_is_no_address" {
  command = plan
  module {
    source = "./modules/shop"
  }
  variables {
    environment = "local"
    release     = "test"
    protected   = false
    recovery    = false
    emulator    = "localhost"
  }
  expect_failures = [var.emulator]
}
