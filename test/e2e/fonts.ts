/** Which fonts the browser really used, by its own protocol. */
import type { CDPSession, Page } from '@playwright/test';

/** Families used to draw the elements whose text is `text`, in the page and in its frames. */
export async function platformFonts(page: Page, text: string): Promise<string[]> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { nodes } = await session.send('DOM.getFlattenedDocument', { depth: -1, pierce: true });
  const parents = new Set(nodes.filter((node) => node.nodeType === 3 && node.nodeValue.includes(text)).flatMap((node) => (node.parentId === undefined ? [] : [node.parentId])));
  const families: string[] = [];
  for (const nodeId of parents) {
    const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
    families.push(...fonts.map((font) => font.familyName));
  }
  await session.detach();
  return [...new Set(families)];
}
