// npm prepares a git dependency of a global install (`npm i -g git+…`, pre-commit) in global mode, without its development dependencies.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

if (!existsSync('node_modules/esbuild')) {
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { stdio: 'inherit', env: { ...process.env, npm_config_global: 'false' } });
}
await import('./build.mjs');
