import type { Route } from '@forge/api';
import type { Actor } from '../../ports';
import { askProduct, type Answer, type Ask } from '../product-http';

export { read, type Answer } from '../product-http';

/** One call of Confluence's REST API; see `askProduct`. */
export const ask = (actor: Actor, path: Route, options: Ask = {}): Promise<Answer> => askProduct('requestConfluence', actor, path, options);
