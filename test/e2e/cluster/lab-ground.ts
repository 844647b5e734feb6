import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { standInProgram } from './build';
import type { Ground } from './ground';

/** Nodes as network namespaces of this machine, without Docker: the program runs in them as it is. */
export function labGround(lab: string): Ground {
  const run = (...args: readonly string[]): string => execFileSync(lab, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  const bin = run('bin');
  return {
    hostAddress: '172.18.0.1',
    // Nodes are no containers here, and only their host reaches them and the load balancers.
    shell: [
      `docker() { shift; ${lab} node "$@"; }`,
      `curl() { case "$*" in *://172.18.*|*://203.0.113.*) ${lab} host curl "$@";; *) command curl "$@";; esac; }`,
    ].join('\n'),
    command(place, args) {
      switch (place.at) {
        case 'laptop': return [standInProgram, ...args];
        case 'host': return [lab, 'host', standInProgram, ...args];
        case 'node': return [lab, 'node', place.node, standInProgram, ...args];
        case 'pod': return ['kubectl', '-n', place.namespace, 'exec', '-i', place.pod, '--', '/stand-in', ...args];
      }
    },
    loadStandIn({ image, ports, paths, curl = false }) {
      const tools = curl ? ['--libs', '/usr/bin/curl=/usr/bin/curl', '/bin/cat=/usr/bin/cat'] : [];
      run('image', image, '--entry', '/stand-in', '--env', 'PATH=/:/usr/bin', '--env', `PORTS=${ports.join(',')}`, ...['/stand-in', ...paths].map((path) => `${standInProgram}=${path}`), ...tools);
    },
    loadTraefik: (image) => void run('image', image, '--entry', '/traefik', `${join(bin, 'traefik')}=/traefik`),
  };
}
