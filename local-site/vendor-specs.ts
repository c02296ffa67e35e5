/** Where the vendors' API descriptions are, if they are here at all. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pins from './specs.json';

/** Where `npm run specs` puts them. */
export const downloadFolder = resolve(__dirname, '..', '.local-site', 'specs');

/** `VENDOR_SPECS`, else what `npm run specs` downloaded; null when a file is missing. */
export function vendorSpecs(): string | null {
  const folder = process.env['VENDOR_SPECS'] ? resolve(process.env['VENDOR_SPECS']) : downloadFolder;
  return pins.every((pin) => existsSync(join(folder, pin.file))) ? folder : null;
}
