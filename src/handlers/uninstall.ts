import { leaveMackerel } from '../usecases/webhook';
import { logFailure } from './as-result';
import { compose } from './compose';

const SAID = {
  removed: 'its webhook channel was removed from Mackerel',
  none: 'Mackerel has no webhook channel of it',
  'not-connected': 'it was never connected to Mackerel',
  'read-only': 'the API key may only read: its webhook channel stays in Mackerel and has to be removed there',
} as const;

/** Before the app is removed from a site. The platform goes on whatever happens here, so what happened is only said. */
export async function beforeUninstall(): Promise<void> {
  try {
    console.log(`uninstall: ${SAID[await leaveMackerel(compose().ports)]}`);
  } catch (error) {
    logFailure('uninstall', error);
    console.log('uninstall: Mackerel did not answer; a webhook channel of the app may be left there');
  }
}
