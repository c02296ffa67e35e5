/** Mackerel's records as the stand-in keeps them. Times are epoch seconds unless a name ends in `Ms`. */
export type * from './alerts';
export type * from './monitors';
export type * from './notifications';
export type * from './organization';
