# Once per account, by hand, with local state: where the state of everything else lies, and what no deploy role may exceed.

variable "region" {
  type    = string
  default = "eu-west-2"
}

variable "environment" {
  type        = string
  description = "The environment that this account holds."

  validation {
    condition     = contains(["dev", "staging", "prod", "pipeline"], var.environment)
    error_message = "environment is ${var.environment}; it must be dev, staging, prod or pipeline."
  }
}

provider "aws" {
  region = var.region
}

data "aws_caller_identity" "this" {}

locals {
  account = data.aws_caller_identity.this.account_id
  bucket  = "penstock-${var.environment}-state-${local.account}"

  # The pipeline's account runs no shop; it may also be an account whose environment has made these already.
  shops = var.environment == "pipeline" ? 0 : 1
}

resource "aws_s3_bucket" "state" {
  bucket = local.bucket
  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_versioning" "state" {
  bucket = aws_s3_bucket.state.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "state" {
  bucket = aws_s3_bucket.state.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_public_access_block" "state" {
  bucket                  = aws_s3_bucket.state.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "state" {
  bucket = aws_s3_bucket.state.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "HttpsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.state.arn, "${aws_s3_bucket.state.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

# The most that a function of the shop may ever do, whatever its own policy says: a deploy role can make roles, but only
# with this boundary, so it cannot make itself an administrator.
resource "aws_iam_policy" "boundary" {
  count = local.shops
  name  = "penstock-boundary"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:ConditionCheckItem", "dynamodb:DeleteItem", "dynamodb:DescribeTable",
          "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem", "dynamodb:UpdateTable", "dynamodb:DescribeStream",
          "dynamodb:GetRecords", "dynamodb:GetShardIterator",
        ]
        Resource = "arn:aws:dynamodb:*:${local.account}:table/penstock-*"
      },
      {
        Effect   = "Allow"
        Action   = ["dynamodb:ListStreams"]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"]
        Resource = "arn:aws:sqs:*:${local.account}:penstock-*"
      },
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"]
        Resource = ["arn:aws:s3:::penstock-*"]
      },
      {
        Effect   = "Allow"
        Action   = ["ssm:GetParameter"]
        Resource = "arn:aws:ssm:*:${local.account}:parameter/penstock/*"
      },
      {
        Effect   = "Allow"
        Action   = ["execute-api:ManageConnections"]
        Resource = "arn:aws:execute-api:*:${local.account}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:aws:logs:*:${local.account}:log-group:/aws/lambda/penstock-*"
      },
    ]
  })
}

# Stage logs of REST and WebSocket APIs need one role per account and region.
resource "aws_iam_role" "gateway_logs" {
  count = local.shops
  name  = "penstock-gateway-logs"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "apigateway.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy_attachment" "gateway_logs" {
  count      = local.shops
  role       = aws_iam_role.gateway_logs[0].name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
}

resource "aws_api_gateway_account" "this" {
  count               = local.shops
  cloudwatch_role_arn = aws_iam_role.gateway_logs[0].arn
  depends_on          = [aws_iam_role_policy_attachment.gateway_logs]
}

output "state_bucket" {
  description = "For `terraform init -backend-config=bucket=…`."
  value       = local.bucket
}

output "permissions_boundary" {
  value = one(aws_iam_policy.boundary[*].arn)
}
