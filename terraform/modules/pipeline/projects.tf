# What runs the actions. One project for each, and one role for each environment.

locals {
  # x86 and root: the packed browser and the embedded database have no ARM build, and .ci/run installs what it needs.
  image = "aws/codebuild/standard:7.0"

  # project => environment and buildspec
  actions = {
    dev-deploy     = { environment = "dev", buildspec = "deploy" }
    staging-deploy = { environment = "staging", buildspec = "deploy" }
    staging-smoke  = { environment = "staging", buildspec = "smoke" }
    prod-plan      = { environment = "prod", buildspec = "plan" }
    prod-deploy    = { environment = "prod", buildspec = "deploy" }
  }

  tools = { TERRAFORM_VERSION = var.terraform.version, TERRAFORM_SHA256 = var.terraform.sha256 }
}

resource "aws_cloudwatch_log_group" "build" {
  name              = "/aws/codebuild/${var.name}-build"
  retention_in_days = var.log_retention_days
}

resource "aws_codebuild_project" "build" {
  name          = "${var.name}-build"
  service_role  = aws_iam_role.build.arn
  build_timeout = 120 # minutes; .ci/run takes half an hour

  source {
    type      = "CODEPIPELINE"
    buildspec = "terraform/pipeline/buildspec.build.yml"
  }
  artifacts {
    type = "CODEPIPELINE"
  }
  environment {
    type            = "LINUX_CONTAINER"
    image           = local.image
    compute_type    = "BUILD_GENERAL1_LARGE"
    privileged_mode = false

    dynamic "environment_variable" {
      for_each = local.tools
      content {
        name  = environment_variable.key
        value = environment_variable.value
      }
    }
  }
  logs_config {
    cloudwatch_logs {
      group_name = aws_cloudwatch_log_group.build.name
    }
  }
}

resource "aws_cloudwatch_log_group" "environment" {
  for_each          = local.actions
  name              = "/aws/codebuild/${var.name}-${each.key}"
  retention_in_days = var.log_retention_days
}

resource "aws_codebuild_project" "environment" {
  for_each      = local.actions
  name          = "${var.name}-${each.key}"
  service_role  = aws_iam_role.environment[each.value.environment].arn
  build_timeout = 60 # minutes; the borrowed credentials last as long

  source {
    type      = "CODEPIPELINE"
    buildspec = "terraform/pipeline/buildspec.${each.value.buildspec}.yml"
  }
  artifacts {
    type = "CODEPIPELINE"
  }
  environment {
    type            = "LINUX_CONTAINER"
    image           = local.image
    compute_type    = "BUILD_GENERAL1_MEDIUM"
    privileged_mode = false

    dynamic "environment_variable" {
      for_each = merge(local.tools, {
        AWS_REGION            = var.region
        PENSTOCK_ENVIRONMENT  = each.value.environment
        PENSTOCK_STATE_BUCKET = local.state_buckets[each.value.environment]
        PENSTOCK_DEPLOY_ROLE  = local.deploy_roles[each.value.environment]
      })
      content {
        name  = environment_variable.key
        value = environment_variable.value
      }
    }
  }
  logs_config {
    cloudwatch_logs {
      group_name = aws_cloudwatch_log_group.environment[each.key].name
    }
  }
}
