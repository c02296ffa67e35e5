import { getAppContext } from '@forge/api';
import type { MacroIdentity } from './template/board-node';

/** Of the app and environment this call runs in. */
export function macroIdentity(): MacroIdentity {
  const { appAri, environmentAri, environmentType } = getAppContext();
  return { appId: appAri.appId, environmentId: environmentAri.environmentId, environment: environmentType };
}
