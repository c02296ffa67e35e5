import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Lang } from '../../../../src/contract';
import { useWords, WordsProvider, type Texts } from '../words';

/** What a dialog alone says comes with it. `load` is the same function at every draw. */
export function WithTexts(props: { readonly load: (lang: Lang) => Promise<Texts>; readonly children: ReactNode }) {
  const words = useWords();
  const { load } = props;
  const [texts, setTexts] = useState<Texts | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => void load(words.lang).then(setTexts, () => setFailed(true)), [load, words.lang]);
  const all = useMemo(() => (texts === null ? null : words.also(texts)), [words, texts]);
  if (failed) return <p role="alert">{words.t('error.no-answer')}</p>;
  if (all === null) return <p role="status" className="quiet">{words.t('common.loading')}</p>;
  return <WordsProvider words={all}>{props.children}</WordsProvider>;
}
