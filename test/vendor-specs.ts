/** Where this checkout and the vendors' API descriptions are. */
import { resolve } from 'node:path';

export { vendorSpecs } from '../local-site/vendor-specs';
export const root = resolve(__dirname, '..');
