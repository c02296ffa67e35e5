import { useCallback, useEffect, useRef, useState } from 'react';
import { Button } from '../../parts/basics';
import { useWords } from '../../words';

/** Stands below the last row while there are more; reached, it reads them. */
export function Older(props: { readonly count: number; readonly load: () => Promise<void> }) {
  const { t } = useWords();
  const [state, setState] = useState<'idle' | 'reading' | 'failed'>('idle');
  const row = useRef<HTMLDivElement>(null);
  const { load } = props;
  const read = useCallback(() => {
    setState('reading');
    load().then(
      () => setState('idle'),
      () => setState('failed'),
    );
  }, [load]);
  useEffect(() => {
    const element = row.current;
    if (element === null || state !== 'idle' || typeof IntersectionObserver === 'undefined') return;
    const reached = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && read(), { root: element.closest('.timeline-box') });
    reached.observe(element);
    return () => reached.disconnect();
  }, [read, state]);
  return (
    <div className="older" ref={row}>
      {state === 'failed' && <span className="quiet">{t('timeline.older-failed')}</span>}
      <Button look="quiet" busy={state === 'reading'} onClick={read}>
        {state === 'failed' ? t('common.retry') : t('timeline.older', { n: props.count })}
      </Button>
    </div>
  );
}
