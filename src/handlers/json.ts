/** JSON of strangers. */
const DEEPEST = 64;

/** True when brackets outside of strings nest deeper than `DEEPEST`. What is no JSON may say anything. */
function tooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') {
      depth += 1;
      if (depth > DEEPEST) return true;
    } else if (char === '}' || char === ']') depth -= 1;
  }
  return false;
}

/** Nothing a stranger sends is parsed that nests deeper than anything that means something. */
export function parseBounded(text: string): { readonly value: unknown } | 'too-deep' | 'not-json' {
  if (tooDeep(text)) return 'too-deep';
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return 'not-json';
  }
}
