import { useWords } from '../../words';
import { SelectIn, TextIn } from './fields';
import type { GroupingDraft } from './rule-draft';

const BY: readonly GroupingDraft['by'][] = ['service', 'role'];

/** Which open incident an alert joins without anybody deciding. */
export function Grouping(props: { readonly grouping: GroupingDraft; readonly problem: (part: keyof GroupingDraft) => string | null; readonly edit: (grouping: GroupingDraft) => void }) {
  const { t } = useWords();
  const { grouping, problem } = props;
  const set = (part: Partial<GroupingDraft>): void => props.edit({ ...grouping, ...part });
  return (
    <section className="rule-part" aria-labelledby="grouping-title">
      <h3 id="grouping-title">{t('settings.grouping.title')}</h3>
      <p className="quiet small">{t('settings.grouping.intro')}</p>
      <div className="field-row">
        <SelectIn label={t('settings.grouping.by')} hint={t(`settings.grouping.by.${grouping.by}.hint`)} value={grouping.by} options={BY.map((by) => ({ value: by, label: t(`settings.grouping.by.${by}`) }))} problem={problem('by')} edit={(by) => set({ by })} />
        <TextIn numeric label={t('settings.grouping.monitor')} hint={t('settings.grouping.monitor.hint')} value={grouping.monitorMinutes} max={4} problem={problem('monitorMinutes')} edit={(monitorMinutes) => set({ monitorMinutes })} />
        <TextIn numeric label={t('settings.grouping.flap')} hint={t('settings.grouping.flap.hint')} value={grouping.flapMinutes} max={4} problem={problem('flapMinutes')} edit={(flapMinutes) => set({ flapMinutes })} />
      </div>
      <p className="quiet small">{t('settings.grouping.future')}</p>
    </section>
  );
}
