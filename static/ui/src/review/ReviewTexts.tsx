/** Texts of reviews come with what says them; until then nothing is shown. */
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { loadReviewTexts, useWords, WordsProvider, type Texts } from '../words';

let loaded: Texts | null = null;

export function ReviewTexts(props: { readonly children: ReactNode; readonly failed: ReactNode }) {
  const words = useWords();
  const [texts, setTexts] = useState(loaded);
  const [failed, setFailed] = useState(false);
  const there = words.has('review.title') || texts !== null;
  useEffect(() => {
    if (there) return;
    let current = true;
    loadReviewTexts(words.lang).then(
      (more) => {
        loaded = more;
        if (current) setTexts(more);
      },
      () => current && setFailed(true),
    );
    return () => {
      current = false;
    };
  }, [there, words.lang]);
  const all = useMemo(() => (texts === null ? words : words.also(texts)), [words, texts]);
  if (!there) return failed ? props.failed : null;
  return <WordsProvider words={all}>{props.children}</WordsProvider>;
}
