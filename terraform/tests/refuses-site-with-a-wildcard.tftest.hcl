mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "site_with_a_wildcard" {
  command = plan
  module {
    source = "./modules/site"
  }
  variables {
    name                    = "penstock-test-shop"
    bucket                  = "penstock-test-storefront"
    images_domain           = "images.s3.eu-west-2.amazonaws.com"
    content_security_policy = "connect-src wss://*.execute-api.eu-west-2.amazonaws.com"
    protected               = false
  }
  expect_failures = [var.content_security_policy]
}
