// Bundles the TypeScript tests for node's own runner. Arguments narrow: `node test/run.mjs unit`.
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const kinds = process.argv.length > 2 ? process.argv.slice(2) : ['unit', 'browser'];
const tests = kinds.flatMap((kind) =>
  readdirSync(`${root}test/${kind}`)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `${kind}/${name}`),
);
// Inside node_modules, so that the bundles find the packages they leave outside.
const outdir = `${root}node_modules/.cache/plimsoll-tests`;
rmSync(outdir, { recursive: true, force: true });
await build({
  entryPoints: tests.map((name) => `${root}test/${name}`),
  outbase: `${root}test`,
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node18',
  format: 'esm',
  sourcemap: 'inline',
  logLevel: 'warning',
});
const run = spawnSync(
  process.execPath,
  [
    '--enable-source-maps',
    '--test',
    '--test-reporter=spec',
    ...tests.map((name) => `${outdir}/${name.replace(/\.ts$/, '.mjs')}`),
  ],
  { stdio: 'inherit', cwd: root },
);
process.exit(run.status ?? 1);
