mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "admin_api_without_networks" {
  command = plan
  module {
    source = "./modules/rest-api"
  }
  variables {
    name               = "penstock-test-admin-api"
    routes             = [{ method = "GET", path = "/orders", function = "admin-orders" }]
    functions          = { admin-orders = { name = "admin-orders", alias_name = "live", alias_arn = "arn:aws:lambda:eu-west-2:123456789012:function:x:live", alias_invoke_arn = "arn:aws:apigateway:eu-west-2:lambda:path/2015-03-31/functions/x/invocations" } }
    staff_networks     = []
    admin_origin       = "https://office.example.com"
    log_retention_days = 30
    access_logs        = false
    region             = "eu-west-2"
    rate_per_second    = 50
  }
  expect_failures = [var.staff_networks]
}
