import { useId } from 'react';
import { useWords } from '../words';

/** Which zone the pasted times are told in. */
export function ZoneChoice(props: { readonly zone: string; readonly choose: (zone: string) => void }) {
  const { t, timeZone } = useWords();
  const id = useId();
  const zones = [...new Set([timeZone, 'Asia/Tokyo', 'UTC', props.zone])];
  return (
    <p className="zone-choice">
      <label htmlFor={id}>{t('paste.zone')}</label>
      <select id={id} className="select" value={props.zone} onChange={(event) => props.choose(event.target.value)}>
        {zones.map((zone) => (
          <option key={zone} value={zone}>
            {zone}
          </option>
        ))}
      </select>
    </p>
  );
}
