import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const home = fileURLToPath(new URL('../', import.meta.url));
const page = readFileSync(fileURLToPath(new URL('../../docs/runbook.md', import.meta.url)), 'utf8');

type Alarm = { readonly name: string; readonly description: string };

const alarmsIn = (text: string): readonly Alarm[] =>
  [...text.matchAll(/^resource "aws_cloudwatch_metric_alarm" "(\w+)" \{\n([\s\S]*?)^\}/gm)].map(
    ([, name = '', body = '']) => ({ name, description: /alarm_description\s+= "(.*)"/.exec(body)?.[1] ?? '' }),
  );

/** The anchors of a page's headings, as the hosts of repositories make them. */
const anchorsOf = (text: string): ReadonlySet<string> =>
  new Set(
    [...text.matchAll(/^## (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^a-z0-9 -]/g, '')
        .replaceAll(' ', '-'),
    ),
  );

/** The alarms whose text names no section of the runbook. */
const withoutSection = (alarms: readonly Alarm[], anchors: ReadonlySet<string>): readonly string[] =>
  alarms
    .filter(({ description }) => !anchors.has(/docs\/runbook\.md#([a-z0-9-]+)$/.exec(description)?.[1] ?? ''))
    .map(({ name }) => name);

const files = readdirSync(`${home}modules`, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.tf'),
);
const alarms = files.flatMap((name) => alarmsIn(readFileSync(`${home}modules/${name}`, 'utf8')));

describe('the runbook', () => {
  it('has a section for every alarm, and every alarm names it', () => {
    expect(alarms.length).toBeGreaterThanOrEqual(9);
    expect(withoutSection(alarms, anchorsOf(page))).toEqual([]);
  });

  it('misses an alarm that names no section, or one that is not there', () => {
    const planted = [
      { name: 'silent', description: 'Something is wrong.' },
      { name: 'stale', description: 'Something is wrong: docs/runbook.md#a-section-that-went-away' },
    ];
    expect(withoutSection(planted, anchorsOf(page))).toEqual(['silent', 'stale']);
  });
});
