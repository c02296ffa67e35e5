/** The design tokens' style sheets that theming switches on inside the app's frames. */
import { createRequire } from 'node:module';

const load = createRequire(__filename);
const sheet = (theme: string): string => (load(`@atlaskit/tokens/dist/cjs/artifacts/themes/atlassian-${theme}`) as { default: string }).default;

/** One sheet of all themes; the attributes on the root element choose. */
export function frameThemeCss(): string {
  return ['light', 'dark', 'spacing', 'typography', 'shape'].map(sheet).join('\n');
}
