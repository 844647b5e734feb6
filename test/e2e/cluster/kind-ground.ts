import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { standInProgram } from './build';
import type { Ground } from './ground';

/** Nodes as containers of Docker on Linux: the laptop is their host, and the program is copied into each. */
export function kindGround(): Ground {
  const cluster = process.env.KIND_CLUSTER ?? 'kind';
  const run = (program: string, ...args: readonly string[]): string => execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
  const onNode = '/usr/local/bin/stand-in';
  const prepared = new Set<string>();
  const prepare = (node: string): void => {
    if (!prepared.has(node)) run('docker', 'cp', standInProgram, `${node}:${onNode}`);
    prepared.add(node);
  };
  return {
    hostAddress: run('docker', 'network', 'inspect', 'kind', '--format', '{{range .IPAM.Config}}{{.Gateway}} {{end}}').split(/\s+/).find((address) => address.includes('.')) ?? '',
    shell: '',
    command(place, args) {
      switch (place.at) {
        case 'laptop': case 'host': return [standInProgram, ...args];
        case 'node':
          prepare(place.node);
          return ['docker', 'exec', '-i', place.node, onNode, ...args];
        case 'pod': return ['kubectl', '-n', place.namespace, 'exec', '-i', place.pod, '--', '/stand-in', ...args];
      }
    },
    loadStandIn({ image, ports, paths, curl = false }) {
      const folder = mkdtempSync(join(tmpdir(), 'stand-in-'));
      copyFileSync(standInProgram, join(folder, 'stand-in'));
      const names = ['/stand-in', ...paths].map((path) => `COPY ${basename(standInProgram)} ${path}\n`).join('');
      writeFileSync(join(folder, 'Dockerfile'), `FROM ${curl ? 'curlimages/curl:8.16.0\nUSER root' : 'scratch'}\n${names}ENV PATH=/:/usr/bin:/bin PORTS=${ports.join(',')}\nENTRYPOINT ["/stand-in"]\n`);
      run('docker', 'build', '-q', '-t', image, folder);
      run('kind', 'load', 'docker-image', image, '--name', cluster);
    },
    loadTraefik: () => {},
  };
}
