import fs from 'node:fs';
import os from 'node:os';
import { dirname, join } from 'node:path';

/** A new empty folder, gone after the test. */
export function scratchFolder(): string {
  const folder = fs.mkdtempSync(join(os.tmpdir(), 'ladder-'));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Files by path below a folder; a link shows where it points, an empty folder ends in `/`. */
export function readTree(folder: string, below = ''): Record<string, string> {
  const tree: Record<string, string> = {};
  for (const entry of fs.readdirSync(join(folder, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isSymbolicLink()) tree[path] = `→ ${fs.readlinkSync(join(folder, path))}`;
    else if (!entry.isDirectory()) tree[path] = fs.readFileSync(join(folder, path), 'utf8');
    else {
      const inner = readTree(folder, path);
      Object.assign(tree, Object.keys(inner).length === 0 ? { [`${path}/`]: '' } : inner);
    }
  }
  return tree;
}

export function writeTree(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    fs.mkdirSync(dirname(join(folder, path)), { recursive: true });
    fs.writeFileSync(join(folder, path), text);
  }
}
