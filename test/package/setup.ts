import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Packed, ROOT, shell } from './shell';

/** Builds and packs once for all tests, as a release does. */
module.exports = (): void => {
  const folder = mkdtempSync(join(tmpdir(), 'package-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const [{ filename, files }] = JSON.parse(shell(ROOT, `npm pack --json --pack-destination ${folder}`)) as [{ filename: string; files: Packed['files'] }];
  process.env.PACKED = JSON.stringify({ file: join(folder, filename), files } satisfies Packed);
};
