/** Lint holds the direction of dependencies. No rule here needs type information, so it stays fast. */
const js = require('@eslint/js');
const tseslint = require('typescript-eslint');
const hooks = require('eslint-plugin-react-hooks');

/** Everything except what matches one of `allowed` is refused. */
const only = (allowed, message) => ({ patterns: [{ regex: `^(?!(?:${allowed.join('|')})$)`, message }] });
/** What matches one of `refused` is refused. */
const never = (...rules) => ({ patterns: rules.map(([regex, message]) => ({ regex, message })) });

const FORGE = ['^@forge/', '@forge/* belongs to adapters, handlers, uikit and the bridge files of static/ui.'];
const SITE = ['^\\.{1,2}/(?:.*/)?local-site(?:/|$)', 'The app never imports the local site.'];
const STATIC = ['^\\.{1,2}/(?:.*/)?static(?:/|$)', 'The backend never imports the front end.'];
const PURE_LIBRARIES = ['zod', 'intl-messageformat', 'cockatiel'];

const impure = (where) => [
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: `${where} takes the time as an argument.` },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: `${where} takes the time as an argument.` },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: `${where} takes random values as an argument.` },
  { selector: 'ImportExpression', message: `${where} imports statically, so that its dependencies can be seen.` },
];
const importsOf = (files, restriction, extra = {}) => ({
  files,
  rules: { 'no-restricted-imports': ['error', restriction], ...extra },
});

module.exports = tseslint.config(
  {
    ignores: ['**/node_modules/**', '**/dist/**', '.local-site/**', 'test-results/**', 'shots/**'],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-unused-vars': 'off', // the compiler reports them
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      'no-undef': 'off', // the compiler reports them
      'no-empty': ['error', { allowEmptyCatch: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-control-regex': 'off', // hostile text is stripped of control characters
      'max-lines': ['error', { max: 340 }],
    },
  },
  { files: ['**/*.js', '**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  {
    files: ['**/*.tsx'],
    plugins: { 'react-hooks': hooks },
    // The plugin's other rules serve a compiler that is not used here.
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },

  importsOf(['src/domain/**'], only(['\\./[^.].*', '\\.\\./contract', '\\.\\./model', ...PURE_LIBRARIES], 'The domain imports only itself and the contract.'), {
    'no-restricted-syntax': ['error', ...impure('The domain')],
    'no-restricted-globals': ['error', 'fetch', 'process', 'setTimeout', 'setInterval', 'performance', 'crypto'],
  }),
  importsOf(['src/ports.ts', 'src/ports/**', 'src/contract.ts'], only(['\\.{1,2}/contract(?:/.*)?', '\\.{1,2}/domain/.*', '\\.{1,2}/ports(?:/.*)?'], 'Ports and contract know only the domain.')),
  importsOf(['src/contract/**'], only(['\\./[^.].*'], 'The contract is types of its own.')),
  importsOf(
    ['src/usecases/**'],
    only(['\\./[^.].*', '\\.\\./(?:contract|ports|domain/.*)', ...PURE_LIBRARIES], 'A use case sees the domain, the contract and its ports.'),
    { 'no-restricted-syntax': ['error', ...impure('A use case')], 'no-restricted-globals': ['error', 'fetch', 'process', 'setTimeout', 'setInterval'] },
  ),
  importsOf(
    ['src/adapters/**'],
    never(SITE, STATIC, ['^\\.{1,2}/(?:.*/)?(?:usecases|handlers|uikit)(?:/|$)', 'An adapter implements ports; it knows no use case and no handler.'], ['^@forge/(bridge|react)', 'The backend has no browser.']),
  ),
  importsOf(
    ['src/handlers/**'],
    never(SITE, STATIC, ['^\\.{1,2}/(?:.*/)?uikit(?:/|$)', 'The backend never imports the front end.'], ['^@forge/(bridge|react)', 'The backend has no browser.']),
  ),
  importsOf(['src/index.ts'], only(['\\./handlers/.*'], 'index.ts names the handlers and nothing else.')),
  importsOf(['src/uikit/**'], never(SITE, STATIC, ['^\\.{1,2}/(?:.*/)?(?:domain|usecases|adapters|handlers|ports)(?:/|$)', 'The front end sees only the contract.'])),
  importsOf(['static/**'], never(SITE, FORGE, ['(^|/)src/(?!contract$)', 'The front end sees only the contract.'])),
  importsOf(
    ['static/ui/**/api.ts', 'static/ui/**/bridge/**', 'static/ui/**/bridge*.ts', 'static/ui/**/bridge*.tsx'],
    never(SITE, ['^@forge/(?!bridge)', 'The front end speaks to Forge through @forge/bridge.'], ['(^|/)src/(?!contract$)', 'The front end sees only the contract.']),
  ),
  importsOf(['local-site/**'], never(STATIC, ['^@forge/(api|kvs|events|realtime|resolver|bridge|react)', 'The local site runs the real packages; it never calls them.'])),
  {
    files: ['test/**', 'bench/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "CallExpression[callee.object.name='jest'][callee.property.name=/^(mock|doMock)$/]", message: 'Drive the real thing over the local site; nothing is mocked by module.' },
        { selector: "CallExpression[callee.property.name=/^(skip|only|todo|fixme)$/]", message: 'Every test runs, always.' },
      ],
    },
  },
);
