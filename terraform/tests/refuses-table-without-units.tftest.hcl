mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "table_without_units" {
  command = plan
  module {
    source = "./modules/table"
  }
  variables {
    name       = "penstock-test-orders"
    definition = { key = { partition = "id" }, stream = false, indexes = {} }
    capacity   = { mode = "fixed", write = 0, read = 5 }
    protected  = false
    recovery   = false
  }
  expect_failures = [var.capacity]
}
