import { muteThisComputer } from './control';
import { startSite } from './site-process';

/** One site for all stories, so that the last one can read the log of all calls. A failed story does not restart it. */
export default async function setup(): Promise<() => Promise<void>> {
  const site = await startSite();
  await muteThisComputer(site.mackerelUrl);
  process.env['SITE_URL'] = site.url;
  process.env['MACKEREL_URL'] = site.mackerelUrl;
  return site.stop;
}
