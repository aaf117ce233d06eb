# The pipeline, and the roles that it deploys with. Every assertion has a breakage in tests/breakages.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan

  override_resource {
    target          = aws_iam_role.environment["dev"]
    override_during = plan
    values          = { arn = "arn:aws:iam::444455556666:role/penstock-pipeline-dev" }
  }
  override_resource {
    target          = aws_iam_role.environment["staging"]
    override_during = plan
    values          = { arn = "arn:aws:iam::444455556666:role/penstock-pipeline-staging" }
  }
  override_resource {
    target          = aws_iam_role.environment["prod"]
    override_during = plan
    values          = { arn = "arn:aws:iam::444455556666:role/penstock-pipeline-prod" }
  }
}

variables {
  region         = "eu-west-2"
  account_id     = "444455556666"
  repository     = "weirhouse/penstock"
  environments   = { dev = { account_id = "111111111111" }, staging = { account_id = "222222222222" }, prod = { account_id = "333333333333" } }
  terraform      = { version = "1.11.4", sha256 = "1ce994251c00281d6845f0f268637ba50c0005657eb3cf096b92f753b42ef4dc" }
  approver_email = "release@example.com"
}

run "pipeline" {
  command = plan
  module {
    source = "./modules/pipeline"
  }
  assert {
    condition     = [for stage in aws_codepipeline.this.stage : stage.name] == ["Source", "Build", "Dev", "Staging", "Prod"]
    error_message = "pipeline: the stages are not in the order of promotion."
  }
  assert {
    condition     = [for action in aws_codepipeline.this.stage[4].action : "${action.run_order} ${action.category} ${action.name}"] == ["1 Build Plan", "2 Approval Approve", "3 Build Deploy"]
    error_message = "pipeline: prod is deployed without an approval of its plan right before."
  }
  assert {
    condition     = aws_codepipeline.this.stage[4].action[1].timeout_in_minutes == 10080 && aws_codepipeline.this.stage[4].action[1].configuration.NotificationArn == aws_sns_topic.this.arn
    error_message = "pipeline: an approval waits for ever, or nobody is asked for it."
  }
  assert {
    condition     = contains(aws_codepipeline.this.stage[4].action[2].input_artifacts, "plan") && aws_codepipeline.this.stage[4].action[0].output_artifacts == tolist(["plan"])
    error_message = "pipeline: prod takes another plan than the one that was approved."
  }
  assert {
    condition     = [for action in aws_codepipeline.this.stage[3].action : "${action.run_order} ${action.name}"] == ["1 Deploy", "2 Smoke"]
    error_message = "pipeline: staging is not tried after its deployment."
  }
  assert {
    condition = aws_codepipeline.this.stage[1].action[0].output_artifacts == tolist(["release"]) && alltrue(flatten([
      for stage in slice(aws_codepipeline.this.stage, 2, 5) : [
        for action in stage.action : action.input_artifacts[1] == "release" if action.category != "Approval"
      ]
    ]))
    error_message = "pipeline: an environment gets other bytes than the release that was built."
  }
  assert {
    condition     = aws_codepipeline.this.pipeline_type == "V2" && aws_codepipeline.this.execution_mode == "QUEUED"
    error_message = "pipeline: a newer run drops the release that waits for its approval."
  }
  assert {
    condition     = aws_codepipeline.this.stage[0].action[0].configuration.FullRepositoryId == "weirhouse/penstock" && aws_codepipeline.this.trigger[0].git_configuration[0].push[0].branches[0].includes == tolist(["main"])
    error_message = "pipeline: something else than main is built."
  }
  assert {
    condition     = alltrue([for project in concat([aws_codebuild_project.build], values(aws_codebuild_project.environment)) : project.environment[0].type == "LINUX_CONTAINER" && startswith(project.environment[0].image, "aws/codebuild/standard:") && !project.environment[0].privileged_mode])
    error_message = "pipeline: a build runs on ARM, where the browser and the database have no package, or may own its host."
  }
  assert {
    condition     = alltrue([for project in concat([aws_codebuild_project.build], values(aws_codebuild_project.environment)) : fileexists("./${trimprefix(project.source[0].buildspec, "terraform/")}")])
    error_message = "pipeline: an action has no buildspec."
  }
  assert {
    condition     = alltrue([for project in concat([aws_codebuild_project.build], values(aws_codebuild_project.environment)) : contains([for each in project.environment[0].environment_variable : "${each.name}=${each.value}"], "TERRAFORM_SHA256=${var.terraform.sha256}")])
    error_message = "pipeline: a build would take a Terraform that nobody has checked."
  }
  assert {
    condition     = alltrue([for name, project in aws_codebuild_project.environment : endswith(project.service_role, "/penstock-pipeline-${split("-", name)[0]}")])
    error_message = "pipeline: a build runs as the role of another environment."
  }
  assert {
    condition     = alltrue([for name, project in aws_codebuild_project.environment : contains([for each in project.environment[0].environment_variable : "${each.name}=${each.value}"], "PENSTOCK_STATE_BUCKET=penstock-${split("-", name)[0]}-state-${var.environments[split("-", name)[0]].account_id}")])
    error_message = "pipeline: a build uses the state of another environment."
  }
  assert {
    condition = alltrue([for name, statements in output.facts.environment_policies :
      [for each in statements : each.Resource if contains(each.Action, "sts:AssumeRole")] == ["arn:aws:iam::${var.environments[name].account_id}:role/penstock-deploy-${name}"]
    ])
    error_message = "pipeline: the role of one environment reaches another."
  }
  assert {
    condition = { for name, statements in output.facts.environment_policies : name => flatten([for each in statements : each.Resource if contains(each.Action, "s3:PutObject")]) } == {
      dev = [], prod = ["arn:aws:s3:::mock/penstock-pipeline/plan/*"], staging = []
    }
    error_message = "pipeline: a role of one environment can change what another is deployed from."
  }
  assert {
    condition = !anytrue(flatten([for name in ["dev", "staging"] : [
      for each in output.facts.environment_policies[name] : [for resource in flatten([each.Resource]) : endswith(resource, "/plan/*") || endswith(resource, "mock/*")]
    ]]))
    error_message = "pipeline: another environment reads the plan of prod."
  }
  assert {
    condition = !anytrue(flatten([for statements in concat(values(output.facts.environment_policies), values(output.facts.policies)) : [
      for each in statements : concat([for action in each.Action : strcontains(action, "*")], [for resource in flatten([each.Resource]) : resource == "*"])
    ]]))
    error_message = "pipeline: a role has a wildcard action or a bare * resource."
  }
  assert {
    condition     = alltrue([for role in concat([aws_iam_role.pipeline, aws_iam_role.build], values(aws_iam_role.environment)) : jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "444455556666"])
    error_message = "pipeline: somebody else's builds can be its roles."
  }
  assert {
    condition     = jsondecode(aws_s3_bucket_policy.this.policy).Statement[0].Effect == "Deny" && jsondecode(aws_s3_bucket_policy.this.policy).Statement[0].Condition.Bool["aws:SecureTransport"] == "false" && aws_s3_bucket_public_access_block.this.restrict_public_buckets && aws_s3_bucket_public_access_block.this.block_public_policy
    error_message = "pipeline: artefacts travel in the clear, or in public."
  }
  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled" && one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default[0].sse_algorithm == "AES256"
    error_message = "pipeline: an artefact is stored in the clear, or can be replaced without a trace."
  }
  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.this.rule[0].status == "Enabled" && aws_s3_bucket_lifecycle_configuration.this.rule[0].expiration[0].days > 7
    error_message = "pipeline: artefacts are kept for ever, or go while their approval is awaited."
  }
  assert {
    condition     = alltrue([for group in concat([aws_cloudwatch_log_group.build], values(aws_cloudwatch_log_group.environment)) : group.retention_in_days == 30])
    error_message = "pipeline: logs are kept for ever."
  }
  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.failed.event_pattern).detail.state == ["FAILED"] && aws_cloudwatch_event_target.failed.arn == aws_sns_topic.this.arn && aws_sns_topic_subscription.this.endpoint == "release@example.com"
    error_message = "pipeline: a run that failed wakes nobody."
  }
  assert {
    condition     = jsondecode(aws_sns_topic_policy.this.policy).Statement[0].Condition.ArnEquals["aws:SourceArn"] == aws_cloudwatch_event_rule.failed.arn
    error_message = "pipeline: anybody's events reach the approvers."
  }
}

run "pipeline_root" {
  command = plan
  module {
    source = "./live/pipeline"
  }
  assert {
    condition     = output.deployers["prod"] == "arn:aws:iam::444455556666:role/penstock-pipeline-prod" && strcontains(output.connection, "PENDING")
    error_message = "pipeline: its root does not say what is to be done by hand."
  }
}

run "deploy_role" {
  command = plan
  module {
    source = "./bootstrap"
  }
  # The longest name of the three: its policy is the longest too.
  variables {
    environment = "staging"
    deployer    = "arn:aws:iam::444455556666:role/penstock-pipeline-staging"
  }
  assert {
    condition     = jsondecode(output.facts.trust).Statement[0].Principal.AWS == "arn:aws:iam::444455556666:root" && try(jsondecode(output.facts.trust).Statement[0].Condition.ArnEquals["aws:PrincipalArn"], "") == "arn:aws:iam::444455556666:role/penstock-pipeline-staging"
    error_message = "deploy role: somebody else than the pipeline's role of this environment can be it."
  }
  assert {
    condition = alltrue(flatten([for each in output.boundary_statements : [
      for resource in flatten([each.Resource]) : strcontains(resource, "penstock-staging-") || strcontains(resource, "/penstock/staging/") || strcontains(resource, ":execute-api:") || strcontains(resource, ":kms:") || each.Action == ["dynamodb:ListStreams"]
    ]]))
    error_message = "boundary: a function may reach what is not of its environment."
  }
  assert {
    condition     = alltrue(flatten([for each in output.boundary_statements : [for resource in flatten([each.Resource]) : strcontains(resource, "images") if anytrue([for action in each.Action : startswith(action, "s3:")])]]))
    error_message = "boundary: a function may reach the state and the releases."
  }
  assert {
    condition     = aws_iam_policy.boundary[0].name == "penstock-boundary-staging" && aws_iam_policy.deploy[0].name == "penstock-deploy-boundary-staging"
    error_message = "bootstrap: two environments in one account make the same names."
  }
  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.state.rule[0].noncurrent_version_expiration[0].noncurrent_days == 90
    error_message = "bootstrap: every state there ever was is kept for ever."
  }
  assert {
    condition     = output.facts.boundary != null && alltrue([for each in output.facts.deploy : try(each.Condition.ArnEquals["iam:PermissionsBoundary"], "") != "" if length(setintersection(each.Action, ["iam:CreateRole", "iam:PutRolePolicy", "iam:PutRolePermissionsBoundary"])) > 0])
    error_message = "deploy role: it makes roles that no boundary holds, or none holds itself."
  }
  assert {
    condition     = length(setintersection(flatten([for each in output.facts.deploy : each.Action]), ["iam:AttachRolePolicy", "iam:DeleteRolePermissionsBoundary", "iam:CreatePolicyVersion", "iam:CreateUser", "iam:CreateAccessKey", "sts:AssumeRole"])) == 0
    error_message = "deploy role: it can make itself an administrator."
  }
  assert {
    condition     = alltrue([for each in output.facts.deploy : each.Condition.StringEquals["iam:PassedToService"] == "lambda.amazonaws.com" if contains(each.Action, "iam:PassRole")])
    error_message = "deploy role: it hands roles to other services than functions."
  }
  assert {
    condition     = toset([for action in flatten([for each in output.facts.deploy : each.Action]) : action if strcontains(action, "*")]) == toset(["dynamodb:*", "sqs:*", "lambda:*", "logs:*", "sns:*", "s3:*", "wafv2:*", "cloudfront:*"])
    error_message = "deploy role: a wildcard action outside the exceptions, which are services whose resources carry the environment's name, and CloudFront."
  }
  assert {
    condition     = alltrue([for each in output.facts.deploy : alltrue([for resource in each.Resource : strcontains(resource, "penstock-staging") || strcontains(resource, "managedruleset") || strcontains(resource, ":cloudfront::")]) if anytrue([for action in each.Action : strcontains(action, "*")])])
    error_message = "deploy role: a whole service beyond this environment's names."
  }
  assert {
    condition = toset(flatten([for each in output.facts.deploy : each.Action if contains(each.Resource, "*")])) == toset(concat(
      ["cloudwatch:DescribeAlarms", "lambda:CreateEventSourceMapping", "lambda:ListEventSourceMappings"],
      [for what in ["ScalableTargets", "ScalingPolicies"] : "application-autoscaling:Describe${what}"],
      [for what in ["Distribution", "Function", "KeyValueStore", "OriginAccessControl", "ResponseHeadersPolicy"] : "cloudfront:Create${what}"],
      [for what in ["DescribeLogGroups", "DescribeResourcePolicies", "PutResourcePolicy", "CreateLogDelivery", "GetLogDelivery", "UpdateLogDelivery", "DeleteLogDelivery", "ListLogDeliveries"] : "logs:${what}"],
      [for what in ["GetSubscriptionAttributes", "SetSubscriptionAttributes", "Unsubscribe"] : "sns:${what}"],
    ))
    error_message = "deploy role: a bare * resource outside the exceptions, which are actions that know no resource."
  }
  assert {
    condition     = !anytrue([for each in output.facts.deploy : contains(each.Action, "s3:*") && anytrue([for resource in each.Resource : strcontains(resource, "state")])])
    error_message = "deploy role: it can delete the bucket of its own state."
  }
  assert {
    condition     = length(jsonencode({ Version = "2012-10-17", Statement = output.facts.deploy })) <= 6144
    error_message = "deploy role: its policy is longer than IAM takes (6,144 characters)."
  }
  assert {
    condition     = [for each in output.facts.deploy : each.Condition.ArnLike["lambda:FunctionArn"] if contains(each.Action, "lambda:CreateEventSourceMapping")] == ["arn:aws:lambda:eu-west-2:123456789012:function:penstock-staging-*"]
    error_message = "deploy role: it feeds functions of others."
  }
  assert {
    condition     = aws_s3_bucket_versioning.state.versioning_configuration[0].status == "Enabled" && one(aws_s3_bucket_server_side_encryption_configuration.state.rule).apply_server_side_encryption_by_default[0].sse_algorithm == "AES256" && aws_s3_bucket_public_access_block.state.restrict_public_buckets
    error_message = "bootstrap: the state is stored in the clear, in public, or without its past."
  }
  assert {
    condition     = jsondecode(aws_s3_bucket_policy.state.policy).Statement[0].Effect == "Deny" && jsondecode(aws_s3_bucket_policy.state.policy).Statement[0].Condition.Bool["aws:SecureTransport"] == "false"
    error_message = "bootstrap: the state travels in the clear."
  }
}

run "bootstrap_of_the_pipeline" {
  command = plan
  module {
    source = "./bootstrap"
  }
  variables {
    environment = "pipeline"
  }
  assert {
    condition     = length(aws_iam_policy.boundary) == 0 && length(aws_iam_role.gateway_logs) == 0 && length(aws_api_gateway_account.this) == 0 && length(aws_iam_role.deploy) == 0
    error_message = "bootstrap: the pipeline's account would make again what the account of an environment has."
  }
}

run "bootstrap_of_a_second_environment" {
  command = plan
  module {
    source = "./bootstrap"
  }
  variables {
    environment     = "staging"
    gateway_account = false
  }
  assert {
    condition     = length(aws_iam_role.gateway_logs) == 0 && length(aws_api_gateway_account.this) == 0 && length(aws_iam_policy.boundary) == 1
    error_message = "bootstrap: the second environment of an account makes again what an account has once."
  }
}
