/** Has this happened before? Code and texts come when they are first needed; the box they stand in keeps its size. */
import { lazy, Suspense } from 'react';
import type { AlertView } from '../../../../../src/contract';
import { Boundary } from '../../parts/Boundary';
import { useEnv } from '../env';

const Section = lazy(() => import('./Section'));

export function Similar(props: { readonly alerts: readonly AlertView[] }) {
  const { incidentId } = useEnv();
  return (
    <Boundary fallback={null}>
      <Suspense fallback={null}>
        <Section key={incidentId} alerts={props.alerts.map(({ id }) => id).sort().join()} />
      </Suspense>
    </Boundary>
  );
}
