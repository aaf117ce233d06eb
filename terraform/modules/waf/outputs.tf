output "arn" {
  value = aws_wafv2_web_acl.this.arn
}

output "limits" {
  value = { for name, rule in local.limits : name => rule.limit }
}
