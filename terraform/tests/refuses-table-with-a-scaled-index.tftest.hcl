mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "table_with_a_scaled_index" {
  command = plan
  module {
    source = "./modules/table"
  }
  variables {
    name       = "penstock-test-orders"
    definition = { key = { partition = "id" }, stream = false, indexes = { open = { partition = "openShard", projection = "keys" } } }
    capacity   = { mode = "autoscaled", write = 5, read = 5, max_write = 50, max_read = 50 }
    protected  = false
    recovery   = false
  }
  expect_failures = [aws_dynamodb_table.scaled]
}
