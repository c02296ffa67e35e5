/** The picker behind Create: a blank page in a space, or what the app offers. */
import { useEffect, useRef, useState, type FormEvent, type ReactElement } from 'react';
import Button from '@atlaskit/button/new';
import IncidentIcon from '@atlaskit/icon/core/incident';
import PageIcon from '@atlaskit/icon/core/page';
import TemplateIcon from '@atlaskit/icon/core/pages';
import type { TemplateLink } from '../../../web/api-types';
import { go } from '../router';
import { useApi, useSession } from '../session';
import { useWords } from '../words';

export function CreateDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const say = useWords();
  const session = useSession();
  const ref = useRef<HTMLDialogElement>(null);
  const spaces = session.spaces.filter((space) => space.canCreate);
  const here = /^\/wiki\/spaces\/([^/]+)/.exec(window.location.pathname)?.[1];
  const [spaceKey, setSpaceKey] = useState(spaces.find((space) => space.key === here)?.key ?? spaces[0]?.key ?? '');
  const appPage = session.modules.find((module) => module.type === 'confluence:globalPage');
  const [kind, setKind] = useState('blank');
  const { loaded } = useApi<readonly TemplateLink[]>('/__web/templates');
  const templates = (loaded.state === 'ready' ? loaded.value : []).filter((template) => template.spaceKey === null || template.spaceKey === spaceKey);
  useEffect(() => ref.current?.showModal(), []);

  /** A template of the other space is not on the list any more. */
  const choose = (key: string): void => {
    setSpaceKey(key);
    if (kind !== 'app') setKind('blank');
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onClose();
    if (kind === 'app' && appPage) go(`/wiki/apps/${appPage.route ?? appPage.key}`);
    else go(`/wiki/spaces/${spaceKey}/pages/create${kind === 'blank' ? '' : `?template=${kind}`}`);
  };
  return (
    <dialog ref={ref} className="site-dialog" aria-labelledby="create-title" onClose={onClose} onClick={(event) => event.target === ref.current && onClose()}>
      <form onSubmit={submit} className="site-dialog-body">
        <h1 id="create-title">{say('createTitle')}</h1>
        <div className="choices">
          <Choice checked={kind === 'blank'} onChoose={() => setKind('blank')} icon={<PageIcon label="" color="var(--ds-icon-information)" />} title={say('blankPage')} text={say('blankPageText')} />
          {appPage ? (
            <Choice checked={kind === 'app'} onChoose={() => setKind('app')} icon={<IncidentIcon label="" color="var(--ds-icon-danger)" />} title={say('incidentPage')} text={`${say('incidentPageText')} (${session.app.name})`} />
          ) : null}
          {templates.map((template) => (
            <Choice
              key={template.id}
              checked={kind === template.id}
              onChoose={() => setKind(template.id)}
              icon={<TemplateIcon label="" color="var(--ds-icon-subtle)" />}
              title={template.name}
              text={template.description || say('templateOf', { space: template.spaceKey ?? say('wholeSite') })}
            />
          ))}
        </div>
        {kind !== 'app' ? (
          spaces.length > 0 ? (
            <label className="field">
              {say('inSpace')}
              <select value={spaceKey} onChange={(event) => choose(event.target.value)}>
                {spaces.map((space) => (
                  <option key={space.key} value={space.key}>
                    {space.name} ({space.key})
                  </option>
                ))}
              </select>
            </label>
          ) : (
            <p className="quiet">{say('noSpaceToCreate')}</p>
          )
        ) : null}
        <div className="dialog-actions">
          <Button appearance="subtle" onClick={onClose}>
            {say('cancel')}
          </Button>
          <Button appearance="primary" type="submit" isDisabled={kind !== 'app' && spaceKey === ''}>
            {say('next')}
          </Button>
        </div>
      </form>
    </dialog>
  );
}

interface ChoiceProps {
  readonly checked: boolean;
  readonly onChoose: () => void;
  readonly icon: ReactElement;
  readonly title: string;
  readonly text: string;
}
function Choice({ checked, onChoose, icon, title, text }: ChoiceProps): ReactElement {
  return (
    <label className="choice">
      <input type="radio" name="kind" checked={checked} onChange={onChoose} />
      <span className="choice-icon">{icon}</span>
      <span>
        <strong>{title}</strong>
        <small>{text}</small>
      </span>
    </label>
  );
}
