# None of these waits for the function: functions are told the address, and the API calls the function.

output "url" {
  description = "What browsers and wscat connect to."
  value       = "${aws_apigatewayv2_api.this.api_endpoint}/${local.stage}"
}

output "host" {
  value = replace(aws_apigatewayv2_api.this.api_endpoint, "/^[a-z]+:///", "")
}

output "management_url" {
  description = "Where functions post frames: https and the stage, not the wss address."
  value       = "${replace(aws_apigatewayv2_api.this.api_endpoint, "wss://", "https://")}/${local.stage}"
}

output "id" {
  value = aws_apigatewayv2_api.this.id
}

output "connections_arn" {
  value = "${aws_apigatewayv2_api.this.execution_arn}/${local.stage}/POST/@connections/*"
}

output "answering_routes" {
  value = keys(aws_apigatewayv2_route_response.this)
}
