import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasTerraform } from '../terraform-tool.ts';
import { PlanRefused } from './kept-plan.ts';
import { makeTerraformHands } from './terraform-hands.ts';

/** A root that needs no provider, no network and no account: a fact of the release, and of a file beside its zips. */
const main = `
variable "release" { type = string }
variable "release_dir" { type = string }
resource "terraform_data" "release" {
  input = [var.release, var.release_dir, file("\${var.release_dir}/orders.zip")]
}
output "addresses" { value = { shop = "https://shop.example" } }
`;

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'penstock-hands-'));
  for (const folder of ['zips', 'plan']) mkdirSync(join(home, folder));
  writeFileSync(join(home, 'zips/orders.zip'), 'zip');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** Terraform in a checkout; two checkouts share the state, as a bucket would. */
const handsIn = (checkout: string) => {
  const root = join(home, checkout);
  mkdirSync(root);
  writeFileSync(join(root, 'main.tf'), `terraform {\n  backend "local" { path = "../shared.tfstate" }\n}\n${main}`);
  // Without providers Terraform writes no lock file; the roots of the shop have one.
  writeFileSync(join(root, '.terraform.lock.hcl'), '# no providers\n');
  return makeTerraformHands({ root, backend: [], variables: [] });
};
const stored = () =>
  (JSON.parse(readFileSync(join(home, 'shared.tfstate'), 'utf8')) as { resources: { instances: unknown[] }[] })
    .resources;

describe.skipIf(!hasTerraform())('Terraform', () => {
  it('applies on another machine the plan that was kept, with the zips where they lie there', async () => {
    const here = handsIn('here');
    await here.init();
    expect(await here.state()).toBe('none');
    await here.plan(join(home, 'zips'), 'r1');
    expect(await here.keepPlan(join(home, 'plan'))).toContain('terraform_data.release will be created');

    const there = handsIn('there');
    mkdirSync(join(home, 'elsewhere'));
    writeFileSync(join(home, 'elsewhere/orders.zip'), 'zip');
    await there.takePlan(join(home, 'plan'));
    await there.init();
    expect(await there.readPlan(join(home, 'elsewhere'))).toMatchObject({
      resource_changes: [{ address: 'terraform_data.release', change: { actions: ['create'] } }],
    });
    await there.apply();
    expect(JSON.stringify(stored())).toContain('r1');
    expect(await there.addresses()).toEqual({ shop: 'https://shop.example' });
  });

  it('refuses a kept plan when somebody applied another one meanwhile', async () => {
    const here = handsIn('here');
    await here.init();
    await here.plan(join(home, 'zips'), 'r1');
    await here.keepPlan(join(home, 'plan'));
    await here.plan(join(home, 'zips'), 'r2');
    await here.apply();
    const state = await here.state();
    expect(state).toMatch(/^\S+ \d+$/);

    await here.takePlan(join(home, 'plan'));
    await here.readPlan(join(home, 'zips'));
    await expect(here.apply()).rejects.toThrow(PlanRefused);
    expect(await here.state()).toBe(state);
  });
});
