import { expect, say, test } from './story';

const FRAME = '[data-module="mackerel-graph"] iframe';

test('a graph chosen after a slash is told which metric of which host, and draws it for who may see it', async ({ open }) => {
  const bob = await open('bob');
  await bob.goto('/wiki/spaces/SRE/pages/create');
  await bob.getByRole('textbox', { name: 'Title' }).fill('Runbook with a graph');
  await bob.getByRole('textbox', { name: 'Page body' }).click();
  await bob.keyboard.type('/graph');
  await bob.getByRole('option', { name: say('en', 'module.graph.title') }).click();
  const dialog = bob.getByRole('dialog', { name: say('en', 'module.graph.config') });
  await expect(dialog.getByRole('button', { name: say('en', 'config.save') })).toBeDisabled();
  await dialog.getByRole('combobox', { name: say('en', 'graph-macro.owner') }).click();
  await bob.getByRole('option', { name: say('en', 'graph-macro.of-host', { name: 'web-01' }) }).click();
  await dialog.getByRole('combobox', { name: say('en', 'graph-macro.metric') }).click();
  await bob.getByRole('option', { name: 'loadavg5', exact: true }).click();
  await dialog.getByRole('combobox', { name: say('en', 'graph-macro.period') }).click();
  await bob.getByRole('option', { name: say('en', 'graph-macro.hours', { n: 3 }) }).click();
  await dialog.getByRole('button', { name: say('en', 'config.save') }).click();
  await expect(dialog).toHaveCount(0);
  await bob.getByRole('button', { name: 'Publish' }).click();
  await bob.waitForURL(/\/pages\/\d+\//);
  await expect(bob.frameLocator(FRAME).locator('canvas')).toBeVisible();
  await expect(bob.frameLocator(FRAME).getByRole('heading', { name: 'loadavg5 · web-01' })).toBeVisible();

  const alice = await open('alice');
  await alice.goto(bob.url());
  await expect(alice.frameLocator(FRAME).getByText(/時点/)).toBeVisible();

  await bob.goto('/wiki/spaces/OPEN/pages/create');
  await bob.getByRole('textbox', { name: 'Title' }).fill('Graph for everybody');
  await bob.getByRole('textbox', { name: 'Page body' }).click();
  await bob.keyboard.type('/graph');
  await bob.getByRole('option', { name: say('en', 'module.graph.title') }).click();
  await dialog.getByRole('combobox', { name: say('en', 'graph-macro.owner') }).click();
  await bob.getByRole('option', { name: say('en', 'graph-macro.of-service', { name: 'shop' }) }).click();
  // The list of owners is gone before that of metrics opens.
  await expect(bob.getByRole('option')).toHaveCount(0);
  await dialog.getByRole('combobox', { name: say('en', 'graph-macro.metric') }).click();
  await bob.getByRole('option').first().click();
  await expect(dialog.getByRole('button', { name: say('en', 'config.save') })).toBeEnabled();
  await dialog.getByRole('button', { name: say('en', 'config.save') }).click();
  await expect(dialog).toHaveCount(0);
  await bob.getByRole('button', { name: 'Publish' }).click();
  await bob.waitForURL(/\/pages\/\d+\//);
  const mallory = await open('mallory');
  await mallory.goto(bob.url());
  await expect(mallory.frameLocator(FRAME).getByText(say('en', 'graph-macro.hidden'))).toBeVisible();
});
