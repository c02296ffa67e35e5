/** What is shown of the timeline, and what can be done with all of it. None of this changes the incident. */
import { Button } from '../../parts/basics';
import { CopyIcon, PasteIcon, RewindIcon } from '../../parts/icons';
import { useWords } from '../../words';
import { SHOWS, ZONES, type TimelineView } from './view';

export interface ToolsProps {
  readonly view: TimelineView;
  readonly change: (part: Partial<TimelineView>) => void;
  readonly query: string;
  readonly search: (query: string) => void;
  readonly canEdit: boolean;
  readonly rewind: () => void;
  readonly paste: () => void;
  readonly copy: () => void;
  readonly localZone: string;
}

/** `JST`, `UTC`, or the city the zone is named after. */
export function zoneLabel(zone: string): string {
  return zone === 'Asia/Tokyo' ? 'JST' : zone === 'UTC' || zone === 'Etc/UTC' ? 'UTC' : (zone.split('/').at(-1) ?? zone).replace(/_/g, ' ');
}

export function Tools(props: ToolsProps) {
  const { t } = useWords();
  const { view, change } = props;
  const zones = ZONES.filter((zone) => zone === 'local' || zone !== props.localZone);
  const zone = zones.find((one) => one === view.zone) ?? 'local';
  return (
    <div className="timeline-tools" role="group" aria-label={t('timeline.tools')}>
      <Choice label={t('timeline.show.label')} value={view.shows} values={SHOWS} name={(shows) => t(`timeline.show.${shows}`)} choose={(shows) => change({ shows })} />
      <input className="input timeline-search" type="search" data-shortcut="/" aria-label={t('timeline.search')} placeholder={t('timeline.search')} value={props.query} onChange={(event) => props.search(event.target.value)} />
      <label className="check">
        <input type="checkbox" checked={view.hideAutomatic} onChange={(event) => change({ hideAutomatic: event.target.checked })} />
        {t('timeline.hide-automatic')}
      </label>
      <span className="tools-end">
        <Button look="quiet" className="icon-button" data-shortcut="r" onClick={props.rewind}>
          <RewindIcon />
          {t('timeline.rewind')}
        </Button>
        {props.canEdit && (
          <Button look="quiet" className="icon-button" data-shortcut="p" onClick={props.paste}>
            <PasteIcon />
            {t('timeline.paste')}
          </Button>
        )}
        <Button look="quiet" className="icon-button" onClick={props.copy}>
          <CopyIcon />
          {t('timeline.copy')}
        </Button>
        <Choice label={t('timeline.zone.label')} value={zone} values={zones} name={(one) => zoneLabel(one === 'local' ? props.localZone : one)} choose={(one) => change({ zone: one })} />
      </span>
    </div>
  );
}

/** Only changes what this viewer sees, so the browser's own list will do. */
function Choice<T extends string>(props: { readonly label: string; readonly value: T; readonly values: readonly T[]; readonly name: (value: T) => string; readonly choose: (value: T) => void }) {
  return (
    <select className="select tool-choice" aria-label={props.label} title={props.label} value={props.value} onChange={(event) => props.choose(event.target.value as T)}>
      {props.values.map((value) => (
        <option key={value} value={value}>
          {props.name(value)}
        </option>
      ))}
    </select>
  );
}
