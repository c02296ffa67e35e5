/** `npm run specs`: downloads the vendors' API descriptions and keeps only those whose sha256 is the pinned one. */
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pins from '../local-site/specs.json';
import { downloadFolder } from '../local-site/vendor-specs';

interface Pin {
  readonly file: string;
  readonly url: string;
  readonly sha256: string;
}

/** Downloads one description. Returns null when it is stored, else a sentence that says what went wrong. */
async function fetchOne(pin: Pin): Promise<string | null> {
  let bytes: Buffer;
  try {
    const answer = await fetch(pin.url, { signal: AbortSignal.timeout(60_000) });
    if (!answer.ok) return `${pin.url} answered ${answer.status}.`;
    bytes = Buffer.from(await answer.arrayBuffer());
  } catch (error) {
    const reason = error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : String(error);
    return `${pin.url} could not be reached (${reason}). Is this computer online?`;
  }
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== pin.sha256) return `${pin.file}: the vendor's file has changed (sha256 ${found}, expected ${pin.sha256}). It was not stored; compare it and update local-site/specs.json.`;
  const target = join(downloadFolder, pin.file);
  writeFileSync(`${target}.part`, bytes);
  renameSync(`${target}.part`, target);
  console.log(`${pin.file}  ${Math.round(bytes.length / 1024)} kB  sha256 as pinned`);
  return null;
}

async function main(): Promise<void> {
  mkdirSync(downloadFolder, { recursive: true });
  const problems = (await Promise.all(pins.map(fetchOne))).filter((problem) => problem !== null);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else console.log('Product calls are now checked against these descriptions.');
}

void main();
