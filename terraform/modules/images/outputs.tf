output "arn" {
  value = aws_s3_bucket.this.arn
}

output "bucket" {
  value = aws_s3_bucket.this.bucket
}

output "regional_domain" {
  value = aws_s3_bucket.this.bucket_regional_domain_name
}

output "policy" {
  value = jsondecode(aws_s3_bucket_policy.this.policy)
}
