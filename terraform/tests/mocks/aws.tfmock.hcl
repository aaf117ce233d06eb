# Values that the provider's own checks accept. Loaded by every test.

mock_data "aws_caller_identity" {
  defaults = { account_id = "123456789012" }
}
mock_data "aws_region" {
  defaults = { id = "eu-west-2", name = "eu-west-2" }
}
mock_resource "aws_iam_role" {
  defaults = { arn = "arn:aws:iam::123456789012:role/mock" }
}
mock_resource "aws_lambda_function" {
  defaults = { arn = "arn:aws:lambda:eu-west-2:123456789012:function:mock", version = "1" }
}
mock_resource "aws_lambda_alias" {
  defaults = {
    arn        = "arn:aws:lambda:eu-west-2:123456789012:function:mock:live"
    invoke_arn = "arn:aws:apigateway:eu-west-2:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-2:123456789012:function:mock:live/invocations"
  }
}
mock_resource "aws_sqs_queue" {
  defaults = {
    arn = "arn:aws:sqs:eu-west-2:123456789012:mock"
    id  = "https://sqs.eu-west-2.amazonaws.com/123456789012/mock"
  }
}
mock_resource "aws_dynamodb_table" {
  defaults = {
    arn        = "arn:aws:dynamodb:eu-west-2:123456789012:table/mock"
    stream_arn = "arn:aws:dynamodb:eu-west-2:123456789012:table/mock/stream/2026-01-01T00:00:00.000"
  }
}
mock_resource "aws_s3_bucket" {
  defaults = {
    arn                         = "arn:aws:s3:::mock"
    bucket_regional_domain_name = "mock.s3.eu-west-2.amazonaws.com"
  }
}
mock_resource "aws_cloudfront_distribution" {
  defaults = {
    arn         = "arn:aws:cloudfront::123456789012:distribution/MOCK"
    domain_name = "mock.cloudfront.net"
  }
}
mock_resource "aws_cloudfront_function" {
  defaults = { arn = "arn:aws:cloudfront::123456789012:function/mock" }
}
# The id is the store's name, as provider 5 answers: whoever needs the real id takes it from the ARN.
mock_resource "aws_cloudfront_key_value_store" {
  defaults = { arn = "arn:aws:cloudfront::123456789012:key-value-store/11111111-2222-3333-4444-555555555555", id = "penstock-mock-shop" }
}
mock_resource "aws_apigatewayv2_api" {
  defaults = {
    api_endpoint  = "wss://mock.execute-api.eu-west-2.amazonaws.com"
    execution_arn = "arn:aws:execute-api:eu-west-2:123456789012:mock"
  }
}
mock_resource "aws_api_gateway_rest_api" {
  defaults = { id = "mockrest", execution_arn = "arn:aws:execute-api:eu-west-2:123456789012:mockrest" }
}
mock_resource "aws_sns_topic" {
  defaults = { arn = "arn:aws:sns:eu-west-2:123456789012:mock" }
}
mock_resource "aws_cloudwatch_log_group" {
  defaults = { arn = "arn:aws:logs:eu-west-2:123456789012:log-group:mock" }
}
mock_resource "aws_iam_policy" {
  defaults = { arn = "arn:aws:iam::123456789012:policy/mock" }
}
mock_resource "aws_wafv2_web_acl" {
  defaults = { arn = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/mock/11111111-2222-3333-4444-555555555555" }
}
mock_resource "aws_wafv2_ip_set" {
  defaults = { arn = "arn:aws:wafv2:us-east-1:123456789012:global/ipset/mock/11111111-2222-3333-4444-555555555555" }
}
mock_resource "aws_cloudfront_origin_access_control" {
  defaults = { id = "EMOCKACCESS" }
}
mock_resource "aws_codeconnections_connection" {
  defaults = { arn = "arn:aws:codeconnections:eu-west-2:123456789012:connection/11111111-2222-3333-4444-555555555555" }
}
mock_resource "aws_codebuild_project" {
  defaults = { arn = "arn:aws:codebuild:eu-west-2:123456789012:project/mock" }
}
mock_resource "aws_cloudwatch_event_rule" {
  defaults = { arn = "arn:aws:events:eu-west-2:123456789012:rule/mock" }
}
