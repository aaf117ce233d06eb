import { type Breakage, breakage, lax } from './kind.ts';

const home = 'modules/pipeline';
const [main, projects, roles] = [`${home}/main.tf`, `${home}/projects.tf`, `${home}/roles.tf`];
const [artefacts, notices, variables] = [`${home}/artefacts.tf`, `${home}/notices.tf`, `${home}/variables.tf`];
const [bootstrap, deployRole] = ['bootstrap/main.tf', 'bootstrap/deploy-role.tf'];

/** Of modules/pipeline, live/pipeline, and the deploy role of bootstrap. */
export const pipeline: readonly Breakage[] = [
  breakage('pipeline: the stages are not', main, 'name = "Dev"', 'name = "Prod-first"'),
  breakage('pipeline: prod is deployed without', main, 'run_order          = 2', 'run_order          = 4'),
  breakage(
    'pipeline: an approval waits for ever',
    main,
    'timeout_in_minutes = 7 * 24 * 60',
    'timeout_in_minutes = 60 * 24 * 60',
  ),
  breakage('pipeline: prod takes another plan', main, 'concat(local.release_to, ["plan"])', 'local.release_to'),
  breakage('pipeline: staging is not tried', main, 'name            = "Smoke"', 'name            = "Rest"'),
  breakage(
    'pipeline: an environment gets other bytes',
    main,
    'release_to = ["source", "release"]',
    'release_to = ["source", "source"]',
  ),
  breakage('pipeline: a newer run drops', main, '"QUEUED"', '"SUPERSEDED"'),
  breakage('pipeline: something else than main', main, 'includes = [var.branch]', 'includes = ["**"]'),
  breakage(
    'pipeline: a build runs on ARM',
    projects,
    'type            = "LINUX_CONTAINER"',
    'type            = "ARM_CONTAINER"',
  ),
  breakage('pipeline: an action has no buildspec', projects, 'buildspec = "smoke"', 'buildspec = "smokes"'),
  breakage(
    'pipeline: a build would take a Terraform',
    projects,
    'TERRAFORM_SHA256 = var.terraform.sha256',
    'TERRAFORM_SHA256 = ""',
  ),
  breakage(
    'pipeline: a build runs as the role of another',
    projects,
    'aws_iam_role.environment[each.value.environment].arn',
    'aws_iam_role.environment["prod"].arn',
  ),
  breakage(
    'pipeline: a build uses the state of another',
    projects,
    'local.state_buckets[each.value.environment]',
    'local.state_buckets["prod"]',
  ),
  breakage(
    'pipeline: the role of one environment reaches',
    roles,
    'Action   = ["sts:AssumeRole"]\n        Resource = role',
    'Action   = ["sts:AssumeRole"]\n        Resource = values(local.deploy_roles)',
  ),
  breakage('pipeline: a role of one environment can change', roles, 'dev = []', 'dev = ["release"]'),
  breakage('pipeline: another environment reads', roles, 'dev = local.release_to', 'dev = ["source", "plan"]'),
  breakage('pipeline: a role has a wildcard', roles, '["sns:Publish"]', '["sns:*"]'),
  breakage(
    "pipeline: somebody else's builds",
    roles,
    '"aws:SourceAccount" = var.account_id',
    '"aws:SourceAccount" = "1"',
  ),
  breakage(
    'pipeline: artefacts travel in the clear',
    artefacts,
    '"aws:SecureTransport" = "false"',
    '"aws:SecureTransport" = "true"',
  ),
  breakage('pipeline: an artefact is stored', artefacts, 'status = "Enabled"', 'status = "Suspended"'),
  breakage('pipeline: artefacts are kept for ever', artefacts, 'days = 60', 'days = 5'),
  breakage(
    'pipeline: logs are kept for ever',
    projects,
    'retention_in_days = var.log_retention_days',
    'retention_in_days = 0',
  ),
  breakage('pipeline: a run that failed wakes', notices, 'state = ["FAILED"]', 'state = ["SUCCEEDED"]'),
  breakage(
    "pipeline: anybody's events reach",
    notices,
    '"aws:SourceArn" = aws_cloudwatch_event_rule.failed.arn',
    '"aws:SourceArn" = "*"',
  ),
  breakage('pipeline: its root does not say', `${home}/outputs.tf`, 'is PENDING until', 'is ready once'),
  breakage(
    'deploy role: somebody else than',
    deployRole,
    'Condition = { ArnEquals = { "aws:PrincipalArn" = var.deployer } }',
    'Condition = { ArnLike = { "aws:PrincipalArn" = "*" } }',
  ),
  breakage(
    'deploy role: it makes roles that no boundary',
    deployRole,
    'Condition = { ArnEquals = { "iam:PermissionsBoundary" = one(aws_iam_policy.boundary[*].arn) } }',
    'Condition = { Bool = { "aws:SecureTransport" = "true" } }',
  ),
  breakage(
    'deploy role: it can make itself',
    deployRole,
    '"iam:UpdateAssumeRolePolicy"',
    '"iam:UpdateAssumeRolePolicy", "iam:AttachRolePolicy"',
  ),
  breakage(
    'deploy role: it hands roles',
    deployRole,
    '"iam:PassedToService" = "lambda.amazonaws.com"',
    '"iam:PassedToService" = "ec2.amazonaws.com"',
  ),
  breakage('deploy role: a wildcard action outside', deployRole, '["iam:PassRole"]', '["iam:PassRole", "iam:List*"]'),
  breakage('deploy role: a whole service beyond', deployRole, 'table/${local.prefix}*', 'table/*'),
  breakage(
    'deploy role: a bare * resource',
    deployRole,
    '"cloudwatch:DescribeAlarms",',
    '"cloudwatch:DescribeAlarms", "sqs:ListQueues",',
  ),
  breakage(
    'deploy role: it can delete the bucket',
    deployRole,
    '["images", "storefront", "admin"]',
    '["images", "storefront", "admin", "state"]',
  ),
  breakage(
    'deploy role: its policy is longer',
    deployRole,
    '"lambda:ListEventSourceMappings",',
    '"lambda:ListEventSourceMappings", '.repeat(200),
  ),
  breakage('deploy role: it feeds functions', deployRole, 'function:${local.prefix}*" } }', 'function:*" } }'),
  breakage('bootstrap: the state is stored', bootstrap, 'status = "Enabled"', 'status = "Suspended"'),
  breakage(
    'bootstrap: the state travels',
    bootstrap,
    '"aws:SecureTransport" = "false"',
    '"aws:SecureTransport" = "true"',
  ),
  breakage('bootstrap: the pipeline', bootstrap, 'var.environment == "pipeline" ? 0 : 1', '1'),
  lax('pipeline_without_staging', variables, 'toset(keys(var.environments)) == toset(["dev", "staging", "prod"])'),
  lax(
    'pipeline_of_a_wrong_account',
    variables,
    'alltrue([for each in values(var.environments) : can(regex("^[0-9]{12}$", each.account_id))])',
  ),
  lax(
    'pipeline_of_a_shared_account',
    variables,
    'length(distinct([for each in values(var.environments) : each.account_id])) == length(var.environments)',
  ),
  lax('pipeline_of_an_address', variables, 'can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.repository))'),
  lax('pipeline_with_any_terraform', variables, 'can(regex("^[0-9]+\\\\.[0-9]+\\\\.[0-9]+$", var.terraform.version))'),
  lax('pipeline_with_unchecked_terraform', variables, 'can(regex("^[0-9a-f]{64}$", var.terraform.sha256))'),
  lax('pipeline_without_approver', variables, 'can(regex("^[^@ ]+@[^@ ]+\\\\.[^@ ]+$", var.approver_email))'),
  lax('pipeline_in_no_account', 'live/pipeline/variables.tf', 'can(regex("^[0-9]{12}$", var.account_id))'),
  lax(
    'deployer_that_is_no_role',
    deployRole,
    'var.deployer == null || can(regex("^arn:aws:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+$", var.deployer))',
  ),
  lax(
    'deployer_of_another_environment',
    deployRole,
    'var.deployer == null || endswith(coalesce(var.deployer, "-"), "-${var.environment}")',
  ),
];
