import type { ProductsForWeb } from '../products/for-web';
import type { SiteDeps } from '../site-deps';

/** The running site, with the products' reads for pages. */
export type WebDeps = SiteDeps & { readonly products: ProductsForWeb };
