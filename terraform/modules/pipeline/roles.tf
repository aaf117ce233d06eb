# Who may do what. A role of an environment can become that environment's deploy role, and nothing else's.

locals {
  # The projects fetch the source by the connection, because it comes as a reference to a clone.
  clone = {
    Effect   = "Allow"
    Action   = ["codeconnections:UseConnection", "codestar-connections:UseConnection"]
    Resource = aws_codeconnections_connection.this.arn
  }
  # CodePipeline lays an artefact below PIPELINE/ARTEFACT/, and takes the first twenty and ten letters of the two names.
  artefact_keys = { for artefact in ["source", "release", "plan"] : artefact => "${aws_s3_bucket.this.arn}/${substr(var.name, 0, 20)}/${artefact}/*" }

  # Nobody but Build makes a release and nobody but prod a plan: a role of dev that wrote either would decide what runs in prod.
  takes = { build = ["source"], dev = local.release_to, staging = local.release_to, prod = concat(local.release_to, ["plan"]) }
  makes = { build = ["release"], dev = [], staging = [], prod = ["plan"] }
  artefacts = {
    for who, taken in local.takes : who => concat(
      [
        { Effect = "Allow", Action = ["s3:GetBucketLocation", "s3:GetBucketAcl"], Resource = [aws_s3_bucket.this.arn] },
        { Effect = "Allow", Action = ["s3:GetObject", "s3:GetObjectVersion"], Resource = [for artefact in taken : local.artefact_keys[artefact]] },
      ],
      [for artefact in local.makes[who] : { Effect = "Allow", Action = ["s3:PutObject"], Resource = [local.artefact_keys[artefact]] }],
    )
  }
  policies = {
    pipeline = [
      local.clone,
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"]
        Resource = "${aws_s3_bucket.this.arn}/*"
      },
      {
        Effect   = "Allow"
        Action   = ["s3:GetBucketVersioning", "s3:GetBucketLocation"]
        Resource = aws_s3_bucket.this.arn
      },
      {
        Effect   = "Allow"
        Action   = ["codebuild:StartBuild", "codebuild:BatchGetBuilds"]
        Resource = concat([aws_codebuild_project.build.arn], [for each in aws_codebuild_project.environment : each.arn])
      },
      {
        Effect   = "Allow"
        Action   = ["sns:Publish"]
        Resource = aws_sns_topic.this.arn
      },
    ]
    build = concat(local.artefacts.build, [local.clone, {
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.build.arn}:*"
    }])
  }
  environment_policies = {
    for name, role in local.deploy_roles : name => concat(local.artefacts[name], [local.clone,
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = [for key, action in local.actions : "${aws_cloudwatch_log_group.environment[key].arn}:*" if action.environment == name]
      },
      {
        Effect   = "Allow"
        Action   = ["sts:AssumeRole"]
        Resource = role
      },
    ])
  }
  # Who may be these roles: this account's services, and no other account's.
  trust = {
    for service in ["codepipeline", "codebuild"] : service => jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Effect    = "Allow"
        Principal = { Service = "${service}.amazonaws.com" }
        Action    = "sts:AssumeRole"
        Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
      }]
    })
  }
}

resource "aws_iam_role" "pipeline" {
  name               = var.name
  assume_role_policy = local.trust.codepipeline
}

resource "aws_iam_role_policy" "pipeline" {
  name   = "grants"
  role   = aws_iam_role.pipeline.name
  policy = jsonencode({ Version = "2012-10-17", Statement = local.policies.pipeline })
}

resource "aws_iam_role" "build" {
  name               = "${var.name}-build"
  assume_role_policy = local.trust.codebuild
}

resource "aws_iam_role_policy" "build" {
  name   = "grants"
  role   = aws_iam_role.build.name
  policy = jsonencode({ Version = "2012-10-17", Statement = local.policies.build })
}

resource "aws_iam_role" "environment" {
  for_each           = var.environments
  name               = "${var.name}-${each.key}"
  assume_role_policy = local.trust.codebuild
}

resource "aws_iam_role_policy" "environment" {
  for_each = var.environments
  name     = "grants"
  role     = aws_iam_role.environment[each.key].name
  policy   = jsonencode({ Version = "2012-10-17", Statement = local.environment_policies[each.key] })
}
