import type { AlertView } from '../../../../../src/contract';

/** Told when an alert left this incident by a press here; `to`: where it went, null: off. */
export type Gone = (alert: AlertView, to: { readonly incidentId: string; readonly key: string } | null) => void;
