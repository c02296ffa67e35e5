/** A page template: what pages made from it begin with. There is no page yet, and macros in it are told so. */
import { lazy, Suspense, useMemo, type ReactElement } from 'react';
import Button from '@atlaskit/button/new';
import type { TemplateView } from '../../../web/api-types';
import type { Place } from '../bridge/scope';
import { Editor } from '../editor/Editor';
import { Failed, NotFound, Waiting } from '../parts/Empty';
import { go, Link, useTitle } from '../router';
import { api, useApi, useSession } from '../session';
import { useWords } from '../words';

const Document = lazy(() => import('./Document'));

export const templatePath = (spaceKey: string, id: string): string => `/wiki/spaces/${spaceKey}/templates/${id}`;

interface Props {
  readonly spaceKey: string;
  readonly id: string;
}
export function Template({ spaceKey, id, edit }: Props & { readonly edit: boolean }): ReactElement {
  const say = useWords();
  const { loaded, reload } = useApi<TemplateView>(`/__web/templates/${encodeURIComponent(id)}`);
  const where = useMemo((): Place => ({ spaceKey, extra: { template: { id } } }), [spaceKey, id]);
  if (loaded.state === 'loading') return <Waiting />;
  if (loaded.state === 'failed') return loaded.failure.status === 404 ? <NotFound title={say('templateNotFound')} /> : <Failed failure={loaded.failure} retry={reload} />;
  const shown = { template: loaded.value, spaceKey, where };
  return edit ? <Edit {...shown} /> : <View {...shown} />;
}

interface Shown {
  readonly template: TemplateView;
  readonly spaceKey: string;
  readonly where: Place;
}
function View({ template, spaceKey, where }: Shown): ReactElement {
  const say = useWords();
  useTitle(template.name);
  const canCreate = useSession().spaces.some((space) => space.key === spaceKey && space.canCreate);
  const path = templatePath(spaceKey, template.id);
  const remove = async (): Promise<void> => {
    if (!window.confirm(say('deleteTemplateSure', { name: template.name }))) return;
    await api(`/__web/templates/${template.id}`, 'DELETE');
    go(`/wiki/spaces/${spaceKey}/overview`);
  };
  return (
    <article className="page page-default">
      <div className="page-head">
        <nav className="crumbs">
          <Link href={`/wiki/spaces/${spaceKey}/overview`}>{spaceKey}</Link>
          <span aria-hidden="true"> / </span>
          {say('templates')}
        </nav>
        <div className="page-actions">
          {template.canManage ? (
            <>
              <Button appearance="subtle" onClick={() => void remove()}>
                {say('deleteTemplate')}
              </Button>
              <Button appearance="subtle" onClick={() => go(`${path}/edit`)}>
                {say('edit')}
              </Button>
            </>
          ) : null}
          {canCreate ? (
            <Button appearance="primary" onClick={() => go(`/wiki/spaces/${spaceKey}/pages/create?template=${template.id}`)}>
              {say('useTemplate')}
            </Button>
          ) : null}
        </div>
      </div>
      <div className="page-column">
        <h1 className="page-title">{template.name}</h1>
        {template.description === '' ? null : <p className="quiet template-text">{template.description}</p>}
      </div>
      <Suspense fallback={<Waiting />}>
        <div className="page-body">
          <Document body={template.body} width="default" where={where} />
        </div>
      </Suspense>
    </article>
  );
}

function Edit({ template, spaceKey, where }: Shown): ReactElement {
  const say = useWords();
  const path = templatePath(spaceKey, template.id);
  return (
    <Editor
      heading={say('editingTemplate')}
      initial={{ title: template.name, body: JSON.stringify(template.body, null, 2) }}
      where={where}
      note={null}
      publishLabel={say('saveTemplate')}
      publish={async ({ title, body }) => {
        await api(`/__web/templates/${template.id}`, 'PUT', { name: title, description: template.description, body });
        go(path);
      }}
      leave={[{ label: say('cancel'), act: async () => go(path) }]}
    />
  );
}
