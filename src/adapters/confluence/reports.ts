/** Reports as documents and pages of Confluence. */
import { createHash } from 'node:crypto';
import type { ReportPages } from '../../ports';
import { plainLine } from '../../domain/text';
import { findNamed, makeNamed, MAX_TITLE } from './named-page';
import { reportAdf } from './report-adf';

/** The page says its own fingerprint, as plain text at its end. */
const holds = (mark: string) => (adf: string) => adf.includes(mark);

export function createReportPages(): ReportPages {
  return {
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    adf: (blocks, mark) => JSON.stringify(reportAdf(blocks, mark)),
    title(title, attempt) {
      const suffix = attempt === 0 ? '' : ` (${attempt + 1})`;
      return plainLine(title, MAX_TITLE - suffix.length) + suffix;
    },
    create: (place, title, adf, mark, isPrivate, authors, actor) => makeNamed(place, title, adf, isPrivate, { isOurs: holds(mark), authors }, actor),
    adopt: (space, title, mark, authors, actor) => findNamed(space.id, title, { isOurs: holds(mark), authors }, actor),
  };
}
