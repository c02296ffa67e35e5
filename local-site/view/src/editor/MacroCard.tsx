/** A macro in the edited document: what it is, what can be done with it, and the macro itself in edit mode. */
import { useMemo, type ReactElement } from 'react';
import Button from '@atlaskit/button/new';
import { Frame } from '../bridge/Frame';
import { macroOf, placeOfMacro } from '../bridge/macro';
import type { Place } from '../bridge/scope';
import { useSession } from '../session';
import { useWords } from '../words';
import type { ShownMacro } from './macro-view';

interface Props {
  readonly macro: ShownMacro;
  readonly where: Place;
  readonly onConfigure: (localId: string) => void;
}
export function MacroCard({ macro: { attrs, remove }, where, onConfigure }: Props): ReactElement {
  const session = useSession();
  const say = useWords();
  const module = macroOf(session, attrs);
  const place = useMemo(() => placeOfMacro(attrs, { ...where, extra: { ...where.extra, isEditing: true } }), [attrs, where]);
  const { localId } = place;
  const title = module?.title ?? say('unknownMacro', { key: attrs.extensionKey });
  return (
    <section className="macro-card" aria-label={title}>
      <header>
        <strong>{title}</strong>
        <span className="macro-actions">
          {module?.macro?.config && localId !== undefined ? (
            <Button spacing="compact" appearance="subtle" onClick={() => onConfigure(localId)}>
              {say('configure')}
            </Button>
          ) : null}
          <Button spacing="compact" appearance="subtle" onClick={remove}>
            {say('removeMacro')}
          </Button>
        </span>
      </header>
      {module ? <Frame module={module} place={place} /> : null}
    </section>
  );
}
