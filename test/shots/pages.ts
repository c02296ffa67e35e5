/** Pictures of the page each template makes, with everything known, with nothing, and with hostile words, on the local site. */
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import type { Lang } from '../../src/contract';
import { empty, full, hostile, pageOf, templateIds } from '../adapters/page-facts';
import { openAs } from '../browser';
import { startTestSite } from '../handlers/harness';

const DATA = { full, empty, hostile } as const;
type Kind = keyof typeof DATA;
interface Sheet {
  readonly name: string;
  readonly lang: Lang;
  readonly body: string;
}
export interface Taken {
  readonly name: string;
  readonly files: readonly string[];
  readonly problems: readonly string[];
}

/** Of a template `page-<template>-<data>`, in both languages. Throws when one is not valid ADF. */
function sheets(identity: Parameters<typeof pageOf>[1]): readonly Sheet[] {
  return templateIds.flatMap((template) =>
    (Object.keys(DATA) as Kind[]).flatMap((kind) =>
      (['en', 'ja'] as const).map((lang) => ({ name: `page-${template}-${kind}`, lang, body: pageOf(DATA[kind](lang, template), identity).json })),
    ),
  );
}

/** Makes the pages whose names `wanted` lets through and takes each as its reader sees it. `folder` is for the pictures. */
export async function templatePages(browser: Browser, folder: string, wanted: (name: string) => boolean): Promise<readonly Taken[]> {
  if (!templateIds.some((template) => (Object.keys(DATA) as Kind[]).some((kind) => wanted(`page-${template}-${kind}`)))) return [];
  const site = await startTestSite();
  try {
    const { appId, environmentId, environmentType } = site.site.deps.installation;
    const spaceId = site.site.deps.products.spaces().find(({ key }) => key === 'SRE')?.id;
    const taken = new Map<string, Taken>();
    for (const { name, lang, body } of sheets({ appId, environmentId, environment: environmentType }).filter((sheet) => wanted(sheet.name))) {
      const answer = await fetch(`${site.site.url}/wiki/api/v2/pages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-site-user': 'alice' },
        body: JSON.stringify({ spaceId, status: 'current', title: `${name} ${lang}`, body: { representation: 'atlas_doc_format', value: body } }),
      });
      if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
      const { id } = (await answer.json()) as { readonly id: string };
      const context = await openAs(browser, site.site.url, lang === 'ja' ? 'alice' : 'bob');
      const page = await context.newPage();
      const alarms: string[] = [];
      page.on('dialog', (dialog) => void dialog.dismiss().then(() => alarms.push(dialog.message())));
      await page.goto(`/wiki/spaces/SRE/pages/${id}`);
      // The board is not at home on this page, and says so.
      await page.frameLocator('iframe').first().locator('body:not(:empty)').waitFor();
      await page.waitForLoadState('networkidle');
      const file = `${name}.${lang}.png`;
      await page.screenshot({ path: join(folder, file), fullPage: true });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
      const before = taken.get(name);
      taken.set(name, {
        name,
        files: [...(before?.files ?? []), file],
        problems: [...(before?.problems ?? []), ...(wide ? [`${file}: wider than the window`] : []), ...alarms.map((said) => `${file}: ran a script: ${said}`)],
      });
      await context.close();
    }
    return [...taken.values()];
  } finally {
    await site.stop();
  }
}
