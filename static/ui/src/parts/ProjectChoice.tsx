/** Which project and which work type, of those the viewer may create in. */
import { useEffect, useId, useState } from 'react';
import { faultText } from '../jira/fault';
import { findProjects, workTypes, type Option, type Project } from '../jira/form';
import { useWords } from '../words';
import { Button } from './basics';

export interface Where {
  readonly project: Project | null;
  readonly type: Option | null;
}
type Read<T> = { readonly at: 'reading' } | { readonly at: 'failed'; readonly error: unknown } | { readonly at: 'read'; readonly found: T };
const READING = { at: 'reading' } as const;
const PAUSE_MS = 300;

export function ProjectChoice(props: { readonly where: Where; readonly change: (where: Where) => void; readonly problem: { readonly project: string | null; readonly type: string | null }; readonly none?: string }) {
  const words = useWords();
  const { t } = words;
  const id = useId();
  const { where, change, problem } = props;
  const [typed, setTyped] = useState('');
  const [round, setRound] = useState(0);
  const [projects, setProjects] = useState<Read<{ readonly projects: readonly Project[]; readonly more: boolean }>>(READING);
  const [types, setTypes] = useState<Read<readonly Option[]>>(READING);
  /** There is more to choose from than a list holds. */
  const [many, setMany] = useState(false);
  const projectId = where.project?.id ?? null;

  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      findProjects(typed).then(
        (found) => {
          if (!current) return;
          setProjects({ at: 'read', found });
          if (found.more) setMany(true);
        },
        (error: unknown) => current && setProjects({ at: 'failed', error }),
      );
    }, typed === '' ? 0 : PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [typed, round]);
  useEffect(() => {
    if (projectId === null) return;
    let current = true;
    setTypes(READING);
    workTypes(projectId).then(
      (found) => current && setTypes({ at: 'read', found }),
      (error: unknown) => current && setTypes({ at: 'failed', error }),
    );
    return () => {
      current = false;
    };
  }, [projectId, round]);
  const listed = types.at === 'read' ? types.found : [];
  const chosen = where.type;
  // Of another project, the work type of the same name is meant; its id may differ.
  useEffect(() => {
    if (types.at !== 'read' || types.found.some(({ id: known }) => known === chosen?.id)) return;
    const fit = types.found.find(({ name }) => name === chosen?.name) ?? types.found[0] ?? null;
    if (fit !== null) change({ project: where.project, type: fit });
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [types]);

  const known = projects.at === 'read' ? projects.found.projects : [];
  const rows = where.project === null || known.some((one) => one.id === projectId) ? known : [where.project, ...known];
  const failed = projects.at === 'failed' ? projects.error : types.at === 'failed' && projectId !== null ? types.error : null;
  const refusal = (text: string | null, which: string) =>
    text !== null && (
      <p id={`${id}-${which}-refusal`} className="refusal" role="alert">
        {text}
      </p>
    );
  return (
    <div className="project-choice">
      {many && (
        <input className="input" type="search" value={typed} placeholder={t('ticket.project.search')} aria-label={t('ticket.project.search')} onChange={(event) => setTyped(event.target.value)} />
      )}
      <div className="field-row">
        <div className="field">
          <label htmlFor={`${id}-project`}>{t('ticket.project')}</label>
          <select
            id={`${id}-project`}
            className="select"
            value={projectId ?? ''}
            aria-invalid={problem.project !== null}
            onChange={(event) => change({ project: rows.find((one) => one.id === event.target.value) ?? null, type: event.target.value === '' ? null : where.type })}
          >
            <option value="">{projects.at === 'reading' ? t('common.loading') : (props.none ?? t('select.choose'))}</option>
            {rows.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name} ({one.key})
              </option>
            ))}
          </select>
          {refusal(problem.project, 'project')}
        </div>
        <div className="field">
          <label htmlFor={`${id}-type`}>{t('ticket.type')}</label>
          <select
            id={`${id}-type`}
            className="select"
            disabled={projectId === null}
            value={chosen?.id ?? ''}
            aria-invalid={problem.type !== null}
            onChange={(event) => change({ project: where.project, type: listed.find((one) => one.id === event.target.value) ?? null })}
          >
            {chosen === null && <option value="">{projectId !== null && types.at === 'reading' ? t('common.loading') : t('select.choose')}</option>}
            {chosen !== null && !listed.some((one) => one.id === chosen.id) && <option value={chosen.id}>{chosen.name}</option>}
            {listed.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
          {refusal(problem.type, 'type')}
        </div>
      </div>
      {projects.at === 'read' && projects.found.projects.length === 0 && <p className="quiet small">{t(typed === '' ? 'ticket.project.none' : 'ticket.project.no-match')}</p>}
      {failed !== null && (
        <p role="alert">
          {faultText(failed, words)}{' '}
          <Button className="small-button" onClick={() => setRound((n) => n + 1)}>
            {t('common.retry')}
          </Button>
        </p>
      )}
    </div>
  );
}
