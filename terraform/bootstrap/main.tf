# Once per environment, by hand, with local state: where the state of everything else lies, and what no deploy role may exceed.

variable "region" {
  type    = string
  default = "eu-west-2"
}

variable "environment" {
  type        = string
  description = "The environment that this is for. Everything made here carries its name, so that one account may hold several."

  validation {
    condition     = contains(["dev", "staging", "prod", "pipeline"], var.environment)
    error_message = "environment is ${var.environment}; it must be dev, staging, prod or pipeline."
  }
}

provider "aws" {
  region = var.region
}

variable "gateway_account" {
  type        = bool
  description = "Whether this environment makes the role of API Gateway's logs, of which an account and region has one: false for a second environment in the same account."
  default     = true
}

data "aws_caller_identity" "this" {}

locals {
  account = data.aws_caller_identity.this.account_id
  bucket  = "penstock-${var.environment}-state-${local.account}"

  # The pipeline runs no shop.
  shops    = var.environment == "pipeline" ? 0 : 1
  gateways = var.gateway_account ? local.shops : 0
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

# Older versions of a state are a way back for a while, not an archive.
resource "aws_s3_bucket_lifecycle_configuration" "state" {
  bucket     = aws_s3_bucket.state.id
  depends_on = [aws_s3_bucket_versioning.state]
  rule {
    id     = "older-versions"
    status = "Enabled"
    filter {}
    noncurrent_version_expiration {
      noncurrent_days = 90
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
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
  name  = "penstock-boundary-${var.environment}"
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
        Resource = "arn:aws:dynamodb:*:${local.account}:table/${local.prefix}*"
      },
      {
        Effect   = "Allow"
        Action   = ["dynamodb:ListStreams"]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"]
        Resource = "arn:aws:sqs:*:${local.account}:${local.prefix}*"
      },
      # The bucket of pictures alone: beside it lie the state, the releases and what the pipeline hands over.
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"]
        Resource = ["arn:aws:s3:::${local.prefix}images-${local.account}", "arn:aws:s3:::${local.prefix}images-${local.account}/*"]
      },
      {
        Effect   = "Allow"
        Action   = ["ssm:GetParameter"]
        Resource = "arn:aws:ssm:*:${local.account}:parameter/penstock/${var.environment}/*"
      },
      {
        Effect    = "Allow"
        Action    = ["kms:Decrypt"]
        Resource  = "arn:aws:kms:*:${local.account}:key/*"
        Condition = { StringLike = { "kms:ViaService" = "ssm.*.amazonaws.com" } }
      },
      {
        Effect   = "Allow"
        Action   = ["execute-api:ManageConnections"]
        Resource = "arn:aws:execute-api:*:${local.account}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:aws:logs:*:${local.account}:log-group:/aws/lambda/${local.prefix}*"
      },
    ]
  })
}

# Stage logs of REST and WebSocket APIs need one role per account and region.
resource "aws_iam_role" "gateway_logs" {
  count = local.gateways
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
  count      = local.gateways
  role       = aws_iam_role.gateway_logs[0].name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
}

resource "aws_api_gateway_account" "this" {
  count               = local.gateways
  cloudwatch_role_arn = aws_iam_role.gateway_logs[0].arn
  depends_on          = [aws_iam_role_policy_attachment.gateway_logs]
}

output "state_bucket" {
  description = "For `terraform init -backend-config=bucket=…`."
  value       = local.bucket
}

output "boundary_statements" {
  description = "What tests assert of the boundary."
  value       = try(jsondecode(aws_iam_policy.boundary[0].policy).Statement, [])
}

output "permissions_boundary" {
  value = one(aws_iam_policy.boundary[*].arn)
}
