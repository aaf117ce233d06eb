output "host" {
  value = coalesce(var.domain, aws_cloudfront_distribution.this.domain_name)
}

output "distribution_arn" {
  value = aws_cloudfront_distribution.this.arn
}

output "distribution_id" {
  value = aws_cloudfront_distribution.this.id
}

output "bucket" {
  value = aws_s3_bucket.this.bucket
}

output "key_value_store_arn" {
  value = one(aws_cloudfront_key_value_store.this[*].arn)
}

output "policy" {
  value = jsondecode(aws_s3_bucket_policy.this.policy)
}
