// The library by tsc (types included); the command line bundled into one file, which halves its start; the program of the page that
// `ladder graph` makes, which goes into it as text.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

rmSync('dist', { recursive: true, force: true });
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
const { metafile } = await build({
  entryPoints: ['src/cli/ladder.ts'],
  outfile: 'dist/bin/ladder.js',
  bundle: true,
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  // The layout is loaded by the one command that needs it; as it comes without its licences' texts, npm installs it rather than we.
  external: ['@viz-js/viz'],
  banner: { js: '#!/usr/bin/env node' },
  logLevel: 'warning',
  metafile: true,
});
await build({
  entryPoints: ['src/graph/browser/main.ts'],
  outfile: 'dist/bin/page.js',
  bundle: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  logLevel: 'warning',
});
chmodSync('dist/bin/ladder.js', 0o755);

// The bundle has the code of others in it: their licences go with it.
const folders = new Set(Object.keys(metafile.inputs).filter((path) => path.includes('node_modules/')).map(packageFolder));
writeFileSync('dist/bin/LICENSES.txt', [...folders].sort().map(licenceText).join(`\n${'-'.repeat(80)}\n\n`));

function packageFolder(file) {
  const folder = dirname(file);
  const manifest = join(folder, 'package.json');
  return existsSync(manifest) && 'version' in JSON.parse(readFileSync(manifest, 'utf8')) ? folder : packageFolder(folder);
}

function licenceText(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file)).sort();
  return [`${name} ${version} (${license})\n`, ...files.map((file) => readFileSync(join(folder, file), 'utf8'))].join('\n');
}
