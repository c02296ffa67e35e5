import { useEffect, useState } from 'react';
import { Refused } from '../../api';

const WAIT_MS = 5_000;

/** How long a refusal asks to wait, ms; null: it does not. */
export function waitOf(error: unknown): number | null {
  if (!(error instanceof Refused)) return null;
  return error.error.retryAfterMs ?? (error.error.code === 'busy' ? WAIT_MS : null);
}

/** Seconds that are left of a wait; 0: none. */
export function useWait(): { readonly seconds: number; readonly wait: (ms: number) => void } {
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(() => Date.now());
  const waits = now < until;
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [waits]);
  return {
    seconds: Math.max(0, Math.ceil((until - now) / 1_000)),
    wait: (ms) => {
      setNow(Date.now());
      setUntil(Date.now() + ms);
    },
  };
}
