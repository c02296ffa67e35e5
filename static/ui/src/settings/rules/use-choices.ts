import { useEffect, useMemo, useState } from 'react';
import type { RuleChoices } from '../../../../../src/contract';
import { call } from '../../api';
import type { Names } from './rule-words';

export interface Choices {
  readonly at: 'reading' | 'read' | { readonly failed: unknown };
  readonly found: RuleChoices;
  readonly monitors: Names;
  again(): void;
}
const NONE: RuleChoices = { monitors: [], services: [], roles: [], presets: [] };

/** What rules can be made of. `version` of the settings: another key or another mapping offers other things. `connected`: there is a key to ask with. */
export function useChoices(version: number, connected: boolean): Choices {
  const [round, setRound] = useState(0);
  const [at, setAt] = useState<Choices['at']>('reading');
  const [found, setFound] = useState(NONE);
  useEffect(() => {
    if (!connected) return setAt('read');
    let current = true;
    setAt('reading');
    call('rules.choices', {}).then(
      (choices) => {
        if (!current) return;
        setFound(choices);
        setAt('read');
      },
      (error: unknown) => current && setAt({ failed: error }),
    );
    return () => {
      current = false;
    };
  }, [version, connected, round]);
  const monitors = useMemo(() => new Map(found.monitors.map(({ id, name }) => [id, name])), [found]);
  return { at, found, monitors, again: () => setRound((n) => n + 1) };
}
