// What a path says of a file's role, apart from its place: test, example, documentation, vendored, generated.
import { baseName } from './file-name.ts';
import { fileKind } from './file-kind.ts';

/** Folders, in lower case. */
const TEST_FOLDERS: ReadonlySet<string> = new Set(
  `test tests testing __tests__ __test__ spec specs __mocks__ mocks mock __fixtures__ fixtures fixture testdata test-data
  test_data testfixtures test-fixtures e2e cypress unittest unittests unit-tests integration-tests integration_tests
  integrationtest androidtest jvmtest commontest cassettes __recordings__ __snapshots__ wiremock playwright testsuite
  testsuites test-utils testutils tst qa`.split(/\s+/),
);
const DOCUMENTATION_FOLDERS: ReadonlySet<string> = new Set(
  `doc docs documentation wiki website man manual javadoc apidocs tutorial tutorials`.split(/\s+/),
);
const EXAMPLE_FOLDERS: ReadonlySet<string> = new Set(
  `example examples sample samples demo demos quickstart quickstarts playground snippets`.split(/\s+/),
);
const VENDORED_FOLDERS: ReadonlySet<string> = new Set(
  `node_modules bower_components jspm_packages vendor vendors third_party third-party thirdparty site-packages
  dist-packages .venv venv virtualenv .tox .yarn pods carthage elm-stuff _vendor
  godeps .pnpm-store .eggs web_modules`.split(/\s+/),
);
const TRANSLATION_FOLDERS: ReadonlySet<string> = new Set(
  `translation translations locale locales localization localizations localisation lang langs language languages i18n
  l10n nls lc_messages po`.split(/\s+/),
);
const LOCK_FILES: ReadonlySet<string> = new Set(
  `package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock bun.lockb deno.lock cargo.lock poetry.lock
  uv.lock pdm.lock pipfile.lock conda-lock.yml gemfile.lock composer.lock go.sum go.work.sum gopkg.lock glide.lock
  mix.lock rebar.lock pubspec.lock podfile.lock cartfile.resolved package.resolved packages.lock.json flake.lock
  paket.lock project.assets.json gradle.lockfile buildscript-gradle.lockfile .terraform.lock.hcl chart.lock
  requirements.lock stack.yaml.lock cabal.project.freeze conan.lock pixi.lock module.bazel.lock
  symfony.lock bower.lock`.split(/\s+/),
);

const TEST_NAME =
  /^test[._-].*|[._-](?:test|tests|spec|specs|e2e|cy|it|mock|mocks|fixture|fixtures|stories)\.[a-z0-9]{1,6}$|_test\.[a-z0-9]{1,6}$|^conftest\.py$|^(?:jest|vitest|karma|playwright|cypress)\.(?:config|setup|conf)\.|^cypress\.env\.json$/;
const TEST_CLASS =
  /(?:Test|Tests|TestCase|Spec|IT|Mock|Mocks)\.(?:java|kt|scala|groovy|cs|swift|php|dart|m|cpp)$/;
const DOCUMENTATION_NAME =
  /^(?:readme|changelog|changes|history|contributing|security|license|licence|authors|notice|faq|install|upgrading|todo|code_of_conduct)(?:[._-][\w.-]*)?$/;
const EXAMPLE_ENDING = /[._-](?:sample|example|examples|template|dist|demo)(?:\.[a-z0-9]{1,8})?$/;

/** Tests, their fixtures and recordings. */
export function isTestPath(path: string): boolean {
  if (hasFolder(path, TEST_FOLDERS)) return true;
  return TEST_CLASS.test(path) || (TEST_NAME.test(baseName(path)) && isCodeOrData(path));
}

// A workflow called test.yml tests, but is no test.
function isCodeOrData(path: string): boolean {
  const kind = fileKind(path);
  return kind === 'code' || kind === 'json' || kind === 'notebook' || kind === 'sql';
}

/** Documents, and whatever lies in a folder of documents. */
export function isDocumentationPath(path: string): boolean {
  return hasFolder(path, DOCUMENTATION_FOLDERS) || isDocument(path);
}

/** A document by its own name, wherever it lies. */
export function isDocument(path: string): boolean {
  const kind = fileKind(path);
  return (
    kind === 'markdown' ||
    ((kind === 'text' || kind === 'unknown') && DOCUMENTATION_NAME.test(baseName(path)))
  );
}

/** Samples to copy from: `examples/**`, `.env.example`, `config.sample.yml`. */
export function isExamplePath(path: string): boolean {
  return (
    hasFolder(path, EXAMPLE_FOLDERS) ||
    EXAMPLE_ENDING.test(path.slice(path.lastIndexOf('/') + 1).toLowerCase())
  );
}

/** Whether the file lies in a folder of examples or of documents. */
export function isInDocumentationFolder(path: string): boolean {
  return hasFolder(path, DOCUMENTATION_FOLDERS) || hasFolder(path, EXAMPLE_FOLDERS);
}

/** Code of others that was copied or installed into the tree. */
export function isVendored(path: string): boolean {
  return hasFolder(path, VENDORED_FOLDERS);
}

/** Bundles and minified files, by their name. */
export function isMinifiedName(path: string): boolean {
  return /[._-]min\.(?:[cm]?js|css|html)$|[._-](?:bundle|chunk|packed|prod)\.[cm]?js$|\.[0-9a-f]{8,20}\.(?:[cm]?js|css)$|\.(?:js|css)\.map$/.test(
    baseName(path),
  );
}

/** Whether the file lies in a folder that web servers publish as it is. */
export function isInWebRoot(path: string): boolean {
  return WEB_ROOT.test(path.toLowerCase());
}

const WEB_ROOT = /(?:^|\/)(?:public|public_html|static|dist|www|wwwroot|htdocs)\//;

/** Folders such as `values-de` and `values-b+sr+Latn`; Helm's `values-prod.yaml` is a file. */
const ANDROID_LANGUAGE = /\/values-(?:[a-z]{2,3}(?:-r[a-z]{2,3})?|b\+[\w+]{2,20})\//i;

/** Texts for people in several languages. */
export function isTranslationPath(path: string): boolean {
  if (/\.(?:po|pot|strings|resx|arb|xlf|xliff|ftl)$|\.lproj\//i.test(path)) return true;
  if (ANDROID_LANGUAGE.test(path)) return true;
  return hasFolder(path, TRANSLATION_FOLDERS);
}

/** Lists of exact versions and digests that a package manager writes. */
export function isLockFile(path: string): boolean {
  return LOCK_FILES.has(baseName(path));
}

function hasFolder(path: string, folders: ReadonlySet<string>): boolean {
  const lower = path.toLowerCase();
  let start = 0;
  for (let at = lower.indexOf('/'); at !== -1; at = lower.indexOf('/', start)) {
    if (folders.has(lower.slice(start, at))) return true;
    start = at + 1;
  }
  return false;
}
