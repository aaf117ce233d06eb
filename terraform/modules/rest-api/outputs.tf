output "url" {
  value = "https://${aws_api_gateway_rest_api.this.id}.execute-api.${var.region}.amazonaws.com/${local.stage}"
}

output "host" {
  value = "${aws_api_gateway_rest_api.this.id}.execute-api.${var.region}.amazonaws.com"
}

output "id" {
  value = aws_api_gateway_rest_api.this.id
}

output "policy" {
  value = jsondecode(aws_api_gateway_rest_api_policy.this.policy)
}
