/** A full page of the app: a global page under its route, or settings under its key, for administrators. */
import type { ReactElement } from 'react';
import { Frame } from '../bridge/Frame';
import { AdminOnly, NotFound } from '../parts/Empty';
import { useTitle } from '../router';
import { useSession } from '../session';
import { useWords } from '../words';

const NOWHERE = {};

export function AppPage({ route }: { readonly route: string }): ReactElement {
  const session = useSession();
  const say = useWords();
  const page = session.modules.find((module) => module.type === 'confluence:globalPage' && (module.route ?? module.key) === route);
  const settings = session.modules.find((module) => module.type === 'confluence:globalSettings' && module.key === route);
  const module = page ?? settings;
  useTitle(module?.title ?? null);
  if (!module || !session.user) return <NotFound title={say('nothingHere')} />;
  if (module === settings && !session.isAdmin) return <AdminOnly />;
  return (
    <div className="app-page">
      <Frame key={module.key} module={module} place={NOWHERE} basePath={`/wiki/apps/${route}`} />
    </div>
  );
}
