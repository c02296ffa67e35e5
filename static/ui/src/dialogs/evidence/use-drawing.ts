import { useEffect, useRef } from 'react';
import type { EvidenceView } from '../../../../../src/contract';
import { call } from '../../api';
import { drawnPng } from './draw';

/**
 * While somebody who may edit looks, their browser draws the pictures that are there as SVG only, one after the other and in
 * silence: one that fails is left to the next editor. `kept`: one has come.
 */
export function useDrawing(incidentId: string, pass: string, mayEdit: boolean, view: EvidenceView | null, kept: () => void): void {
  const tried = useRef(new Set<string>());
  const busy = useRef(false);
  useEffect(() => {
    const todo = (view?.toDraw ?? []).filter(({ n, part }) => !tried.current.has(`${n}:${part}`));
    if (!mayEdit || busy.current || todo.length === 0) return;
    busy.current = true;
    const draw = async (): Promise<boolean> => {
      let some = false;
      for (const { n, part, ...size } of todo) {
        tried.current.add(`${n}:${part}`);
        const { svg } = await call('evidence.svg', { incidentId, pass, n, part });
        const png = svg === null ? null : await drawnPng(svg, size);
        if (png === null) continue;
        const { so } = await call('evidence.picture', { incidentId, n, part, png });
        some ||= so === 'kept' || so === 'there';
      }
      return some;
    };
    void draw()
      .then(
        (some) => some && kept(),
        () => undefined,
      )
      .finally(() => {
        busy.current = false;
      });
  }, [incidentId, pass, mayEdit, view, kept]);
}
