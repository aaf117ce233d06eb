# Source, Build, Dev, Staging, Prod: one release, promoted as the same bytes. What each action does is in ../../pipeline.

locals {
  deploy_roles = { for name, each in var.environments : name => "arn:aws:iam::${each.account_id}:role/penstock-deploy-${name}" }

  # The names that bootstrap gives.
  state_buckets = { for name, each in var.environments : name => "penstock-${name}-state-${each.account_id}" }

  release_to = ["source", "release"]
}

resource "aws_codeconnections_connection" "this" {
  name          = var.name
  provider_type = "GitHub"
}

resource "aws_codepipeline" "this" {
  name           = var.name
  role_arn       = aws_iam_role.pipeline.arn
  pipeline_type  = "V2"
  execution_mode = "QUEUED" # A superseded run would drop the release that waits for its approval.

  artifact_store {
    type     = "S3"
    location = aws_s3_bucket.this.bucket
  }

  variable {
    name          = "allow_destroy"
    default_value = "none"
    description   = "Addresses that the plan of prod may delete or replace, blanks between them, keys in single quotes."
  }

  trigger {
    provider_type = "CodeStarSourceConnection"
    git_configuration {
      source_action_name = "Source"
      push {
        branches {
          includes = [var.branch]
        }
      }
    }
  }

  stage {
    name = "Source"
    action {
      name             = "Source"
      category         = "Source"
      owner            = "AWS"
      provider         = "CodeStarSourceConnection"
      version          = "1"
      output_artifacts = ["source"]
      configuration = {
        ConnectionArn        = aws_codeconnections_connection.this.arn
        FullRepositoryId     = var.repository
        BranchName           = var.branch
        OutputArtifactFormat = "CODEBUILD_CLONE_REF"
        DetectChanges        = "false"
      }
    }
  }

  stage {
    name = "Build"
    action {
      name             = "Build"
      category         = "Build"
      owner            = "AWS"
      provider         = "CodeBuild"
      version          = "1"
      input_artifacts  = ["source"]
      output_artifacts = ["release"]
      configuration    = { ProjectName = aws_codebuild_project.build.name }
    }
    on_failure {
      result = "RETRY"
    }
  }

  stage {
    name = "Dev"
    action {
      name            = "Deploy"
      category        = "Build"
      owner           = "AWS"
      provider        = "CodeBuild"
      version         = "1"
      input_artifacts = local.release_to
      configuration   = { ProjectName = aws_codebuild_project.environment["dev-deploy"].name, PrimarySource = "source" }
    }
  }

  stage {
    name = "Staging"
    action {
      name            = "Deploy"
      category        = "Build"
      owner           = "AWS"
      provider        = "CodeBuild"
      version         = "1"
      run_order       = 1
      input_artifacts = local.release_to
      configuration   = { ProjectName = aws_codebuild_project.environment["staging-deploy"].name, PrimarySource = "source" }
    }
    action {
      name            = "Smoke"
      category        = "Test"
      owner           = "AWS"
      provider        = "CodeBuild"
      version         = "1"
      run_order       = 2
      input_artifacts = local.release_to
      configuration   = { ProjectName = aws_codebuild_project.environment["staging-smoke"].name, PrimarySource = "source" }
    }
  }

  stage {
    name = "Prod"
    action {
      name             = "Plan"
      category         = "Build"
      owner            = "AWS"
      provider         = "CodeBuild"
      version          = "1"
      run_order        = 1
      input_artifacts  = local.release_to
      output_artifacts = ["plan"]
      configuration = {
        ProjectName   = aws_codebuild_project.environment["prod-plan"].name
        PrimarySource = "source"
        EnvironmentVariables = jsonencode([
          { name = "PENSTOCK_ALLOW_DESTROY", value = "#{variables.allow_destroy}", type = "PLAINTEXT" },
        ])
      }
    }
    action {
      name               = "Approve"
      category           = "Approval"
      owner              = "AWS"
      provider           = "Manual"
      version            = "1"
      run_order          = 2
      timeout_in_minutes = 7 * 24 * 60
      configuration = {
        NotificationArn = aws_sns_topic.this.arn
        CustomData      = "Read the plan first: the log of action Plan ends with it, and its artefact holds plan.txt. What you approve is applied as it is."
      }
    }
    action {
      name            = "Deploy"
      category        = "Build"
      owner           = "AWS"
      provider        = "CodeBuild"
      version         = "1"
      run_order       = 3
      input_artifacts = concat(local.release_to, ["plan"])
      configuration   = { ProjectName = aws_codebuild_project.environment["prod-deploy"].name, PrimarySource = "source" }
    }
  }
}
