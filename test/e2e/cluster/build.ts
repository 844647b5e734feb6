import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the suite keeps what it builds. */
export const workFolder = join(tmpdir(), 'service-ladder-e2e');

export const standInProgram = join(workFolder, 'stand-in');

/** Statically linked: it runs in an image without anything else, and on any node. */
export function buildStandIn(): void {
  mkdirSync(workFolder, { recursive: true });
  execFileSync('go', ['build', '-ldflags', '-s -w', '-o', standInProgram, '.'], {
    cwd: join(__dirname, '..', 'stand-in'), stdio: 'inherit', env: { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' },
  });
}
