import type { RulePreset } from '../../../../../src/contract';
import { useWords } from '../../words';
import { row, setOf, type RulesDraft } from '../draft';
import { draftOfRule } from '../rules/rule-draft';
import { thenText, whenText } from '../rules/rule-words';
import type { Choices } from '../rules/use-choices';

const SHOWN = 5;
const ELSE = { action: 'candidate', times: 1, minutes: 60 } as const;

/** Rules to begin with, said in the words of the rules themselves. Choosing fills in the rules; saving is the form's. */
export function Presets(props: { readonly draft: RulesDraft; readonly choices: Choices; readonly edit: (part: Partial<RulesDraft>) => void }) {
  const words = useWords();
  const { t } = words;
  const { draft, choices } = props;
  const now = JSON.stringify([setOf(draft).rules, draft.fallback]);
  const isChosen = ({ rules, fallback }: RulePreset): boolean => JSON.stringify([setOf({ ...draft, rules: rules.map((rule) => row(draftOfRule(rule, words.timeZone))) }).rules, fallback]) === now;
  const { presets } = choices.found;
  const choose = ({ rules, fallback }: RulePreset): void => props.edit({ rules: rules.map((rule) => row(draftOfRule(rule, words.timeZone))), fallback });
  return (
    <section className="card settings-card" aria-labelledby="presets-title">
      <h2 id="presets-title">{t('settings.presets.label')}</h2>
      <p className="quiet">{t('settings.presets.intro')}</p>
      {presets.length === 0 && <p className="empty-box">{choices.at === 'reading' ? t('common.loading') : typeof choices.at === 'object' ? words.reason(choices.at.failed) : t('settings.presets.unread')}</p>}
      {presets.length > 0 && draft.rules.length > 0 && !presets.some(isChosen) && <p className="quiet">{t('settings.presets.own')}</p>}
      <div className="presets" role="radiogroup" aria-labelledby="presets-title">
        {presets.map((preset) => (
          <div key={preset.id} className="preset">
            <label className="check">
              <input type="radio" name="preset" checked={isChosen(preset)} aria-describedby={`preset-${preset.id}`} onChange={() => choose(preset)} />
              <strong>{t(`settings.presets.${preset.id}`)}</strong>
            </label>
            <ul id={`preset-${preset.id}`} className="quiet small">
              {preset.rules.slice(0, SHOWN).map((rule) => (
                <li key={rule.id}>{t('settings.presets.rule', { when: whenText(rule.when, words, choices.monitors), then: thenText(rule.then, words) })}</li>
              ))}
              {preset.rules.length > SHOWN && <li>{t('settings.presets.more', { n: preset.rules.length - SHOWN })}</li>}
              <li>{t('settings.presets.else', { then: thenText(preset.fallback === 'ignore' ? { action: 'ignore' } : ELSE, words) })}</li>
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}
