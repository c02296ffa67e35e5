/** Loads a CommonJS file by the code V8 made of it in an earlier process: compiling is a third of a function process's start. */
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import { Script } from 'node:vm';

const DIGEST_BYTES = 32;

function kept(file: string, digest: Buffer): Buffer | undefined {
  try {
    const bytes = readFileSync(file);
    // V8 itself compares lengths only.
    return bytes.subarray(0, DIGEST_BYTES).equals(digest) ? bytes.subarray(DIGEST_BYTES) : undefined;
  } catch {
    return undefined;
  }
}

export interface Loaded {
  readonly exports: unknown;
  /** Keeps the code of what has run so far for the next process; once is enough. */
  keep(): void;
}

/** Runs a file of CommonJS as `require` would, once more with each call. Code of another file or of another V8 is not used. Throws what it throws. */
export function loadCompiled(file: string): Loaded {
  const source = readFileSync(file, 'utf8');
  const digest = createHash('sha256').update(source).digest();
  const cacheFile = `${file}.${process.versions.v8}.code`;
  const cachedData = kept(cacheFile, digest);
  const script = new Script(Module.wrap(source), { filename: file, ...(cachedData === undefined ? {} : { cachedData }) });
  const module = { exports: {} as unknown };
  const run = script.runInThisContext() as (exports: unknown, require: NodeJS.Require, module: object, filename: string, dirname: string) => void;
  run(module.exports, Module.createRequire(file), module, file, path.dirname(file));
  let fresh = cachedData !== undefined && script.cachedDataRejected !== true;
  return {
    exports: module.exports,
    keep() {
      if (fresh) return;
      fresh = true;
      // Others may be reading or writing: it is there as a whole or not at all.
      const partial = `${cacheFile}.${process.pid}`;
      try {
        writeFileSync(partial, Buffer.concat([digest, script.createCachedData()]));
        renameSync(partial, cacheFile);
      } catch {
        // Without it the next start takes longer, that is all.
      }
    },
  };
}
