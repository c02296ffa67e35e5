import { createRequire } from 'node:module';
import { ESLint, type Linter } from 'eslint';

const config = createRequire(__filename)('../../eslint.config.js') as Linter.Config[];
// The configuration is handed over: loading it by name needs a dynamic import, which jest's sandbox does not have.
const lint = new ESLint({ overrideConfigFile: true, overrideConfig: config });

/** Rule ids reported for `code` as if it were the file `path`. */
async function rulesBroken(path: string, code: string): Promise<string[]> {
  const [result] = await lint.lintText(code, { filePath: path });
  return (result?.messages ?? []).map((message) => message.ruleId ?? message.message);
}

const IMPORTS = 'no-restricted-imports';
const SYNTAX = 'no-restricted-syntax';

test.each([
  ['the domain importing an adapter', 'src/domain/planted.ts', "import { x } from '../adapters/kvs/store';\nexport const y = x;", IMPORTS],
  ['the domain importing Forge', 'src/domain/planted.ts', "import { kvs } from '@forge/kvs';\nexport const y = kvs;", IMPORTS],
  ['the domain reading the clock', 'src/domain/planted.ts', 'export const y = Date.now();', SYNTAX],
  ['the domain making a Date of now', 'src/domain/planted.ts', 'export const y = new Date();', SYNTAX],
  ['the domain drawing a random number', 'src/domain/planted.ts', 'export const y = Math.random();', SYNTAX],
  ['the domain doing I/O', 'src/domain/planted.ts', "export const y = () => fetch('https://example.com');", 'no-restricted-globals'],
  ['a use case importing an adapter', 'src/usecases/planted.ts', "import { x } from '../adapters/mackerel/client';\nexport const y = x;", IMPORTS],
  ['a use case importing Forge', 'src/usecases/planted.ts', "import api from '@forge/api';\nexport const y = api;", IMPORTS],
  ['a use case reading the clock', 'src/usecases/planted.ts', 'export const y = Date.now();', SYNTAX],
  ['ports knowing an adapter', 'src/ports.ts', "import type { X } from './adapters/kvs/store';\nexport type Y = X;", IMPORTS],
  ['an adapter importing a use case', 'src/adapters/kvs/planted.ts', "import { x } from '../../usecases/declare';\nexport const y = x;", IMPORTS],
  ['an adapter importing the bridge', 'src/adapters/kvs/planted.ts', "import { invoke } from '@forge/bridge';\nexport const y = invoke;", IMPORTS],
  ['a handler importing the local site', 'src/handlers/planted.ts', "import { x } from '../../local-site/site';\nexport const y = x;", IMPORTS],
  ['index.ts reaching past the handlers', 'src/index.ts', "export { x } from './usecases/declare';", IMPORTS],
  ['the front end importing the domain', 'static/ui/board/planted.ts', "import { x } from '../../../src/domain/incident';\nexport const y = x;", IMPORTS],
  ['the front end calling Forge outside its api file', 'static/ui/board/planted.ts', "import { invoke } from '@forge/bridge';\nexport const y = invoke;", IMPORTS],
  ['the front end importing the local site', 'static/ui/board/planted.ts', "import { x } from '../../../local-site/types';\nexport const y = x;", IMPORTS],
  ['a UI Kit surface importing a use case', 'src/uikit/planted.ts', "import { x } from '../usecases/declare';\nexport const y = x;", IMPORTS],
  ['the local site importing the front end', 'local-site/web/planted.ts', "import { x } from '../../static/ui/api';\nexport const y = x;", IMPORTS],
  ['a test that mocks a module', 'test/planted.test.ts', "jest.mock('@forge/api');", SYNTAX],
  ['a test that is skipped', 'test/planted.test.ts', "test.skip('later', () => undefined);", SYNTAX],
])('%s is refused', async (_what, path, code, rule) => {
  expect(await rulesBroken(path, code)).toContain(rule);
});

test.each([
  ['the domain importing itself and the contract', 'src/domain/planted.ts', "import type { AlertStatus } from '../contract';\nimport { x } from './alert';\nexport const y: AlertStatus = x;"],
  ['a use case importing domain and ports', 'src/usecases/planted.ts', "import type { Ports } from '../ports';\nimport { x } from '../domain/alert';\nexport const y = (p: Ports) => x(p);"],
  ['an adapter importing Forge and ports', 'src/adapters/kvs/planted.ts', "import { kvs } from '@forge/kvs';\nimport type { Ports } from '../../ports';\nexport const y = (p: Ports) => [p, kvs];"],
  ['the front end importing the contract', 'static/ui/board/planted.ts', "import type { BoardView } from '../../../src/contract';\nexport type Y = BoardView;"],
  ['the api file calling the bridge', 'static/ui/api.ts', "import { invoke } from '@forge/bridge';\nimport type { AppApi } from '../../src/contract';\nexport const y = (v: keyof AppApi) => invoke(v);"],
  ['the local site importing the app', 'local-site/planted.ts', "import type { AppApi } from '../src/contract';\nexport type Y = AppApi;"],
])('%s is allowed', async (_what, path, code) => {
  expect(await rulesBroken(path, code)).toEqual([]);
});
