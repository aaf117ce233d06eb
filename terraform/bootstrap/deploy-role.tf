# Who deploys this environment: what modules/shop makes, by its names, and roles under the boundary alone. Made when `deployer`
# names who may be it. It is called penstock-deploy-ENVIRONMENT, so that its own name is none of those that it may change.

variable "deployer" {
  type        = string
  description = "ARN of the role that may deploy here: of `deployers` that live/pipeline prints. null makes no deploy role."
  default     = null

  validation {
    condition     = var.deployer == null || can(regex("^arn:aws:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+$", var.deployer))
    error_message = "deployer is ${coalesce(var.deployer, "null")}; it must be the ARN of one role, as live/pipeline prints it."
  }
  validation {
    condition     = var.deployer == null || endswith(coalesce(var.deployer, "-"), "-${var.environment}")
    error_message = "deployer is ${coalesce(var.deployer, "null")}, which is not the role of ${var.environment}: each environment has one of its own."
  }
}

locals {
  prefix = "penstock-${var.environment}-"

  # What carries the environment's name may be done anything with.
  named = [
    { actions = ["dynamodb:*"], resources = ["arn:aws:dynamodb:${var.region}:${local.account}:table/${local.prefix}*"] },
    { actions = ["sqs:*"], resources = ["arn:aws:sqs:${var.region}:${local.account}:${local.prefix}*"] },
    { actions = ["lambda:*"], resources = ["arn:aws:lambda:${var.region}:${local.account}:function:${local.prefix}*"] },
    { actions = ["logs:*"], resources = ["arn:aws:logs:${var.region}:${local.account}:log-group:/aws/*/${local.prefix}*"] },
    { actions = ["sns:*"], resources = ["arn:aws:sns:${var.region}:${local.account}:${local.prefix}*"] },
    { actions = ["s3:*"], resources = [for part in ["images", "storefront", "admin"] : "arn:aws:s3:::${local.prefix}${part}-${local.account}"] },
    { actions = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], resources = [for part in ["storefront", "admin"] : "arn:aws:s3:::${local.prefix}${part}-${local.account}/*"] },
    { actions = ["cloudwatch:PutMetricAlarm", "cloudwatch:DeleteAlarms", "cloudwatch:TagResource", "cloudwatch:UntagResource", "cloudwatch:ListTagsForResource"], resources = ["arn:aws:cloudwatch:${var.region}:${local.account}:alarm:${local.prefix}*", "arn:aws:cloudwatch:${var.region}:${local.account}:alarm:TargetTracking-table/${local.prefix}*"] },
    { actions = ["cloudwatch:PutDashboard", "cloudwatch:GetDashboard", "cloudwatch:DeleteDashboards"], resources = ["arn:aws:cloudwatch::${local.account}:dashboard/penstock-${var.environment}*"] },
    { actions = ["budgets:ViewBudget", "budgets:ModifyBudget", "budgets:TagResource", "budgets:UntagResource", "budgets:ListTagsForResource"], resources = ["arn:aws:budgets::${local.account}:budget/penstock-${var.environment}*"] },
    { actions = ["wafv2:*"], resources = [for kind in ["webacl/penstock-${var.environment}", "ipset/penstock-${var.environment}", "managedruleset/"] : "arn:aws:wafv2:us-east-1:${local.account}:global/${kind}*"] },
  ]

  # The state, its lock, and the releases beside it: their bytes, never the bucket itself, never an older version.
  state = [
    { actions = ["s3:ListBucket", "s3:GetBucketLocation"], resources = ["arn:aws:s3:::${local.bucket}"] },
    { actions = ["s3:GetObject", "s3:PutObject"], resources = ["arn:aws:s3:::${local.bucket}/${var.environment}/*", "arn:aws:s3:::${local.bucket}/releases/*"] },
    { actions = ["s3:DeleteObject"], resources = ["arn:aws:s3:::${local.bucket}/${var.environment}/*.tflock"] },
  ]

  # These have no name of ours: an account of its own for each environment is what parts them.
  unnamed = [
    { actions = ["apigateway:GET", "apigateway:POST", "apigateway:PUT", "apigateway:PATCH", "apigateway:DELETE", "apigateway:UpdateRestApiPolicy"], resources = [for path in ["restapis", "apis", "tags"] : "arn:aws:apigateway:${var.region}::/${path}*"] },
    { actions = ["cloudfront:*"], resources = ["arn:aws:cloudfront::${local.account}:*"] },
    { actions = ["lambda:GetEventSourceMapping", "lambda:UpdateEventSourceMapping", "lambda:DeleteEventSourceMapping", "lambda:TagResource", "lambda:ListTags"], resources = ["arn:aws:lambda:${var.region}:${local.account}:event-source-mapping:*"] },
    { actions = ["application-autoscaling:RegisterScalableTarget", "application-autoscaling:DeregisterScalableTarget", "application-autoscaling:PutScalingPolicy", "application-autoscaling:DeleteScalingPolicy", "application-autoscaling:TagResource", "application-autoscaling:ListTagsForResource"], resources = ["arn:aws:application-autoscaling:${var.region}:${local.account}:scalable-target/*"] },
  ]

  # The exceptions: AWS knows no resource of these actions (its Service Authorization Reference), so they take * alone.
  anything = [
    "application-autoscaling:DescribeScalableTargets", "application-autoscaling:DescribeScalingPolicies", "cloudwatch:DescribeAlarms",
    "cloudfront:CreateDistribution", "cloudfront:CreateFunction", "cloudfront:CreateKeyValueStore", "cloudfront:CreateOriginAccessControl", "cloudfront:CreateResponseHeadersPolicy",
    "lambda:ListEventSourceMappings",
    "logs:DescribeLogGroups", "logs:DescribeResourcePolicies", "logs:PutResourcePolicy", "logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery", "logs:ListLogDeliveries",
    "sns:GetSubscriptionAttributes", "sns:SetSubscriptionAttributes", "sns:Unsubscribe",
  ]

  role_arns = "arn:aws:iam::${local.account}:role/${local.prefix}*"
  deploy_statements = concat(
    [for each in concat(local.named, local.state, local.unnamed) : { Effect = "Allow", Action = each.actions, Resource = each.resources }],
    [
      { Sid = "NoResourceIsKnown", Effect = "Allow", Action = local.anything, Resource = ["*"] },
      {
        Sid       = "FeedsItsOwnFunctions"
        Effect    = "Allow"
        Action    = ["lambda:CreateEventSourceMapping"]
        Resource  = ["*"]
        Condition = { ArnLike = { "lambda:FunctionArn" = "arn:aws:lambda:${var.region}:${local.account}:function:${local.prefix}*" } }
      },
      {
        Sid       = "RolesUnderTheBoundary"
        Effect    = "Allow"
        Action    = ["iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"]
        Resource  = [local.role_arns]
        Condition = { ArnEquals = { "iam:PermissionsBoundary" = one(aws_iam_policy.boundary[*].arn) } }
      },
      {
        Effect   = "Allow"
        Action   = ["iam:GetRole", "iam:GetRolePolicy", "iam:ListRolePolicies", "iam:ListAttachedRolePolicies", "iam:ListInstanceProfilesForRole", "iam:DeleteRolePolicy", "iam:DeleteRole", "iam:UpdateAssumeRolePolicy", "iam:TagRole", "iam:UntagRole"]
        Resource = [local.role_arns]
      },
      {
        Sid       = "RolesForFunctionsAlone"
        Effect    = "Allow"
        Action    = ["iam:PassRole"]
        Resource  = [local.role_arns]
        Condition = { StringEquals = { "iam:PassedToService" = "lambda.amazonaws.com" } }
      },
      {
        Effect    = "Allow"
        Action    = ["iam:CreateServiceLinkedRole"]
        Resource  = ["arn:aws:iam::${local.account}:role/aws-service-role/*"]
        Condition = { StringEquals = { "iam:AWSServiceName" = ["dynamodb.application-autoscaling.amazonaws.com", "ops.apigateway.amazonaws.com", "wafv2.amazonaws.com"] } }
      },
    ],
  )
}

# The deploy role makes roles, so it stands under a boundary itself: whatever is attached to it later, it stays what it is here.
resource "aws_iam_policy" "deploy" {
  count  = var.deployer == null ? 0 : 1
  name   = "penstock-deploy-boundary-${var.environment}"
  policy = jsonencode({ Version = "2012-10-17", Statement = local.deploy_statements })
}

resource "aws_iam_role" "deploy" {
  count                = var.deployer == null ? 0 : 1
  name                 = "penstock-deploy-${var.environment}"
  permissions_boundary = aws_iam_policy.deploy[0].arn
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    # The account is named, and of it one role alone: a principal that is made anew later is still that role.
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${split(":", var.deployer)[4]}:root" }
      Action    = "sts:AssumeRole"
      Condition = { ArnEquals = { "aws:PrincipalArn" = var.deployer } }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "deploy" {
  count      = var.deployer == null ? 0 : 1
  role       = aws_iam_role.deploy[0].name
  policy_arn = aws_iam_policy.deploy[0].arn
}

output "deploy_role" {
  description = "PENSTOCK_DEPLOY_ROLE of this environment's builds."
  value       = one(aws_iam_role.deploy[*].arn)
}

output "facts" {
  description = "What tests assert of it."
  value       = { deploy = local.deploy_statements, trust = one(aws_iam_role.deploy[*].assume_role_policy), boundary = one(aws_iam_role.deploy[*].permissions_boundary) }
}
