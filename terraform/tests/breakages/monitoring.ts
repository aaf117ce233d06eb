import { type Breakage, breakage } from './kind.ts';

const queues = 'modules/monitoring/queues.tf';

/** Of modules/monitoring. */
export const monitoring: readonly Breakage[] = [
  breakage('monitoring: nobody is told that accepted writes wait.', queues, '"{ $.ageMs = * }"', '"{ $.age = * }"'),
  breakage('monitoring: what nobody takes', queues, ' AND visible > 0, 1, 0)"', ', 1, 0)"'),
  breakage('monitoring: a backlog without progress', queues, 'FILL(settled, 0) < 1', 'settled < 1'),
  breakage(
    'monitoring: a minute in which every write',
    'modules/monitoring/tables.tf',
    'FILL(throttles, 0) + FILL(writes, 0)',
    'FILL(throttles, 0) + writes',
  ),
  breakage(
    'monitoring: nobody hears that an alarm is over.',
    'modules/monitoring/streams.tf',
    'ok_actions          = [aws_sns_topic.this.arn]',
    'ok_actions          = []',
  ),
  breakage(
    'monitoring: writes may wait until',
    queues,
    'var.thresholds.applyAgeEscalateSeconds * 1000',
    'var.thresholds.applyAgeEscalateSeconds',
  ),
  breakage(
    'monitoring: a write that is given up wakes nobody.',
    queues,
    'name      = "DeadLettered"',
    'name      = "Dead"',
  ),
  breakage(
    'monitoring: one throttle',
    'modules/monitoring/tables.tf',
    'evaluation_periods  = var.thresholds.throttledMinutes',
    'evaluation_periods  = 1',
  ),
  breakage(
    'monitoring: nobody is told that a stream is behind.',
    'modules/monitoring/streams.tf',
    'iteratorAgeSeconds * 1000',
    'iteratorAgeSeconds',
  ),
  breakage('monitoring: an API that answers 500', 'modules/monitoring/apis.tf', '"5XXError"', '"5xx"'),
  breakage(
    'monitoring: an alarm goes nowhere.',
    'modules/monitoring/apis.tf',
    'alarm_actions       = [aws_sns_topic.this.arn]',
    'alarm_actions       = []',
  ),
  breakage(
    'monitoring: nobody is written to.',
    'modules/monitoring/main.tf',
    'endpoint  = var.alarm_email',
    'endpoint  = "nobody@example.com"',
  ),
  breakage('monitoring: money is spent unseen.', 'modules/monitoring/budget.tf', 'tostring(var.budget_usd)', '"5000"'),
  breakage(
    'monitoring: alarms of other accounts',
    'modules/monitoring/main.tf',
    'Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }',
    'Condition = { StringEquals = { "aws:SourceAccount" = "1" } }',
  ),
];
