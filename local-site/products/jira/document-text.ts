/** The words of an ADF document, as search and limits count them. */
import { object } from '../http';

export function documentText(node: unknown): string {
  const { text, content } = object(node);
  if (typeof text === 'string') return text;
  return Array.isArray(content) ? (content as unknown[]).map(documentText).join(object(node)['type'] === 'paragraph' ? '' : ' ').trim() : '';
}
