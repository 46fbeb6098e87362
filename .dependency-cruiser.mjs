// Who may import whom. The arrows are drawn in ARCHITECTURE.md; scripts/import-directions.test.ts plants what each rule
// forbids and sees it caught.
// dependency-cruiser does not read TypeScript 7: @swc/core parses for it. Without a parser it would read nothing and
// report success, which that test watches too.
import { Visitor } from '@swc/core/Visitor.js'

// Its visitor does not know `using` and `await using`, and gives up on the file: shown to it as what they resemble.
const visitStatement = Visitor.prototype.visitStatement
Visitor.prototype.visitStatement = function (statement) {
  if ('decls' in statement) Object.assign(statement, { type: 'VariableDeclaration', declarations: statement.decls })
  return visitStatement.call(this, statement)
}

const TEST = '\\.test\\.tsx?$'
const MODULE = '^backend/src/modules/([^/]+)/'
/** Threads are started by the URL of their file, and import operations by theirs. */
const THREAD = '(-thread|^backend/src/app/operations)\\.ts$'
const ENTRY = '^backend/src/(main|demo|backup|restore|attendance-verify|database-migrate)\\.ts$'
/** Begins what app.ts waits for, and then imports it. */
const START = '^backend/src/start-app\\.ts$'
/** A page without classes loads the first alone. */
const SDK_ENTRY = '^sdk/src/(index|classes/index)\\.ts$'
const FRONTEND_ENTRY = '^frontend/src/main\\.tsx$'
const FEATURE = '^frontend/src/features/([^/]+)/'
/** Declarations for the compiler: no file imports them. */
const AMBIENT = '\\.d\\.ts$'
/** Loaded by the name of the language. */
const TEXTS = '^frontend/src/locales/[^/]+/[^/]+\\.json$'

/**
 * Files by their role: `chat.service.ts`, and what stands beside it as `chat.service.*.ts`.
 * @param {string[]} names
 */
const role = (...names) => `^backend/src/.+\\.(${names.join('|')})\\.`
/**
 * The same without their tests, which may reach for more.
 * @param {string[]} names
 */
const source = (...names) => ({ path: role(...names), pathNot: TEST })
/**
 * Installed packages, whatever they resolve to.
 * @param {string[]} names
 */
const library = (...names) => `(^|/)node_modules/(@types/)?(${names.join('|').replaceAll('.', '\\.')})(/|$)`

/**
 * @typedef {import('dependency-cruiser').IRegularForbiddenRuleType} Rule
 * @param {string} name
 * @param {string} comment
 * @param {Rule['from']} from
 * @param {Rule['to']} to
 * @returns {Rule}
 */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

const workspaces = [
  rule(
    'protocol-imports-no-workspace',
    'protocol is what all others share: it imports none of them.',
    { path: '^protocol/' },
    { path: '^(backend|sdk|frontend|e2e|bench)/' },
  ),
  rule(
    'protocol-runs-anywhere',
    'Browsers read protocol too: nothing of Node in it.',
    { path: '^protocol/src/', pathNot: TEST },
    { dependencyTypes: ['core'] },
  ),
  rule(
    'browsers-have-no-node',
    'sdk and frontend run in browsers: nothing of Node in them.',
    { path: '^(sdk|frontend)/src/', pathNot: TEST },
    { dependencyTypes: ['core'] },
  ),
  rule(
    'browsers-load-no-zod',
    'The server validates; in a browser a validator is only more script to load.',
    { path: '^(sdk|frontend)/src/', pathNot: TEST },
    { path: library('zod') },
  ),
  rule(
    'backend-imports-protocol-alone',
    'backend → protocol.',
    { path: '^backend/' },
    { path: '^(sdk|frontend|e2e|bench)/' },
  ),
  rule('sdk-imports-protocol-alone', 'sdk → protocol.', { path: '^sdk/' }, { path: '^(backend|frontend|e2e|bench)/' }),
  rule('frontend-imports-sdk', 'frontend → sdk → protocol.', { path: '^frontend/' }, { path: '^(backend|e2e|bench)/' }),
  rule(
    'black-box-stays-outside',
    'e2e and bench know the server by its wire only; a PostgreSQL to put under it knows nothing of it.',
    { path: '^(e2e|bench)/' },
    { path: '^backend/', pathNot: '^backend/test/harness/postgres-(cluster|programs)\\.ts$' },
  ),
  rule(
    'workspace-through-its-entry',
    'A workspace is imported by its name, not by a path into it.',
    { path: '^([^/]+)/' },
    { path: '^(protocol|sdk)/src/', pathNot: ['^$1/', '^protocol/src/index\\.ts$', SDK_ENTRY] },
  ),
]

const layers = [
  rule('main-is-imported-by-nobody', 'Processes start there.', {}, { path: ENTRY }),
  rule(
    'app-is-imported-by-entries',
    'main → app: nothing below knows the whole.',
    { path: '^backend/src/', pathNot: [ENTRY, START, TEST] },
    { path: ['^backend/src/app\\.ts$', START] },
  ),
  rule(
    'app-parts-are-imported-by-app',
    'app.ts, and what it is put together from in app/, are one.',
    { path: '^backend/src/', pathNot: ['^backend/src/app(\\.ts$|/)', START, TEST] },
    { path: '^backend/src/app/' },
  ),
  rule(
    'modules-are-wired-by-app',
    'Only app.ts and its parts know every module.',
    { path: '^backend/src/', pathNot: ['^backend/src/(modules/|app\\.ts$|app/)', ENTRY, TEST] },
    { path: '^backend/src/modules/' },
  ),
  rule(
    'module-imports-no-module',
    'A module declares a port in its types file, app.ts wires it.',
    { path: MODULE },
    { path: '^backend/src/modules/', pathNot: '^backend/src/modules/$1/' },
  ),
  rule('routes-call-the-controller', 'routes → controller.', source('routes'), {
    path: [role('service', 'repository', 'gateway'), '^backend/src/(database|realtime)/'],
  }),
  rule('controller-calls-the-service', 'controller → service.', source('controller'), {
    path: [role('routes', 'repository', 'gateway'), '^backend/src/(database|realtime)/'],
  }),
  rule('gateway-calls-the-service', 'gateway → service.', source('gateway'), {
    path: [role('routes', 'controller', 'repository'), '^backend/src/(database|http)/'],
  }),
  rule(
    'service-calls-the-repository',
    'service → repository; who calls it, and what publishes for it, are unknown to it.',
    source('service'),
    { path: [role('routes', 'controller', 'gateway'), '^backend/src/(database|http|realtime)/'] },
  ),
  rule('service-knows-no-transport', 'A service knows neither HTTP, nor sockets, nor SQL.', source('service'), {
    path: library('express', 'socket.io', 'kysely'),
  }),
  rule(
    'repository-calls-the-database',
    'repository → database.',
    { path: '^backend/src/modules/.+\\.repository\\.', pathNot: TEST },
    { path: [role('routes', 'controller', 'service', 'gateway'), '^backend/src/(http|realtime)/'] },
  ),
  rule(
    'types-know-no-implementation',
    'A module’s types and ports hang on none of what implements them.',
    source('types'),
    {
      path: [
        role('routes', 'controller', 'service', 'gateway', 'repository'),
        '^backend/src/(database|http|realtime)/',
      ],
    },
  ),
  rule(
    'database-stands-below',
    'database → shared.',
    { path: '^backend/src/database/', pathNot: TEST },
    { path: '^backend/src/(http|realtime|access|config)/' },
  ),
  rule(
    'access-knows-protocol-and-shared',
    'access → protocol, shared.',
    { path: '^backend/src/access/' },
    { path: '^backend/src/', pathNot: '^backend/src/(access|shared)/' },
  ),
  rule(
    'shared-and-config-stand-at-the-bottom',
    'shared and config import nothing above them; shared does not import config.',
    { path: '^backend/src/(shared|config)/' },
    { path: '^backend/src/', pathNot: '^backend/src/($1|shared)/' },
  ),
]

const frontend = [
  rule('frontend-main-is-imported-by-nobody', 'The page starts there.', {}, { path: FRONTEND_ENTRY }),
  rule(
    'frontend-app-is-imported-by-main',
    'main → app: nothing below knows the whole.',
    { path: '^frontend/src/', pathNot: ['^frontend/src/app/', FRONTEND_ENTRY] },
    { path: '^frontend/src/app/' },
  ),
  rule(
    'features-are-mounted-by-app',
    'app → features.',
    { path: '^frontend/src/', pathNot: ['^frontend/src/(app|features)/', FRONTEND_ENTRY] },
    { path: FEATURE },
  ),
  rule(
    'feature-imports-no-feature',
    'What two features share is below both.',
    { path: FEATURE },
    { path: FEATURE, pathNot: '^frontend/src/features/$1/' },
  ),
  rule(
    'ui-knows-no-domain',
    'ui is looks and behaviour: it has never heard of a course.',
    { path: '^frontend/src/ui/' },
    { path: ['^frontend/src/lectern/', '^(sdk|protocol)/'] },
  ),
]

const libraries = [
  rule(
    'kysely-in-repositories',
    'kysely only in database/ and repositories.',
    { path: '^backend/src/', pathNot: ['^backend/src/database/', role('repository'), TEST] },
    { path: library('kysely', 'better-sqlite3', 'pg') },
  ),
  rule(
    'socket.io-in-gateways',
    'socket.io only in realtime/ and gateways.',
    { path: '^backend/src/', pathNot: ['^backend/src/realtime/', role('gateway'), TEST] },
    { path: library('socket.io', 'engine.io', 'ws') },
  ),
  rule(
    'no-development-dependency-at-runtime',
    'What a production install leaves out is not there when the server runs.',
    { path: '^(protocol|sdk|backend)/src/', pathNot: TEST },
    { dependencyTypes: ['npm-dev'], pathNot: '(^|/)node_modules/@types/' },
  ),
]

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const hygiene = [
  rule('no-cycles', 'A cycle is one module in several files.', {}, { circular: true }),
  {
    name: 'no-dead-code',
    comment: 'What no program and no thread comes by, is not used.',
    severity: 'error',
    from: { path: [ENTRY, THREAD] },
    to: { path: '^backend/src/', pathNot: [ENTRY, THREAD, TEST], reachable: false },
  },
  {
    name: 'no-dead-code-in-sdk',
    comment: 'What the entry does not come by, nobody can use.',
    severity: 'error',
    from: { path: SDK_ENTRY },
    to: { path: '^sdk/src/', pathNot: [SDK_ENTRY, TEST], reachable: false },
  },
  {
    name: 'no-dead-code-in-frontend',
    comment: 'What the page does not come by, nobody sees.',
    severity: 'error',
    from: { path: FRONTEND_ENTRY },
    to: { path: '^frontend/src/', pathNot: [FRONTEND_ENTRY, TEST, AMBIENT, TEXTS], reachable: false },
  },
  rule(
    'no-orphans',
    'A file that imports nothing and that nobody imports is dead.',
    { orphan: true, pathNot: [TEST, AMBIENT, '^(backend|frontend)/public/'] },
    {},
  ),
  rule('no-unresolvable', 'An import must lead somewhere.', {}, { couldNotResolve: true }),
  rule(
    'no-tests-in-sources',
    'Tests import sources, not the other way round.',
    { path: '^[^/]+/src/', pathNot: TEST },
    { path: [TEST, '^[^/]+/test/'] },
  ),
]

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [...workspaces, ...layers, ...frontend, ...libraries, ...hygiene],
  options: {
    parser: 'swc',
    combinedDependencies: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^[^/]+/(dist|\\.dist-\\d+)/' },
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.d.ts'],
    },
  },
}
