mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  staff_networks = ["203.0.113.0/24"]
  release_dir    = "./tests/release"
}

run "no_staff_network" {
  command = plan
  module {
    source = "./modules/shop"
  }
  variables {
    environment    = "dev"
    release        = "test"
    protected      = false
    recovery       = false
    staff_networks = []
  }
  expect_failures = [var.staff_networks]
}
