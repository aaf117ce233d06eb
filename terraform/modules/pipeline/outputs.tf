output "deployers" {
  description = "The role that may become each environment's deploy role: `deployer` of that account's bootstrap."
  value       = { for name, role in aws_iam_role.environment : name => "arn:aws:iam::${var.account_id}:role/${role.name}" }
}

output "connection" {
  value = "The connection to ${var.repository} is PENDING until somebody completes it in the console (Developer Tools, Settings, Connections): every run fails at Source before."
}

output "facts" {
  description = "What tests assert of it."
  value = {
    policies             = local.policies
    environment_policies = local.environment_policies
    deploy_roles         = local.deploy_roles
    state_buckets        = local.state_buckets
  }
}
