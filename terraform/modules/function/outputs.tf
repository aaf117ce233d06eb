output "name" {
  value = aws_lambda_function.this.function_name
}

output "alias_arn" {
  value = aws_lambda_alias.live.arn
}

output "alias_invoke_arn" {
  value = aws_lambda_alias.live.invoke_arn
}

output "alias_name" {
  value = aws_lambda_alias.live.name
}

output "policy" {
  value = jsondecode(aws_iam_role_policy.this.policy)
}

output "log_group" {
  value = aws_cloudwatch_log_group.this.name
}
