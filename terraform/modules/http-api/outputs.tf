output "host" {
  description = "The API's own host name, an origin of the storefront's distribution."
  value       = replace(aws_apigatewayv2_api.this.api_endpoint, "/^[a-z]+:///", "")
}

output "id" {
  value = aws_apigatewayv2_api.this.id
}

output "routes" {
  value = keys(local.routes)
}
