import { at, fields, integer, isFields, list, text } from '../../manifest/fields';
import type { Manifest } from '../../manifest/read';
import type { FieldPath } from '../../manifest/yaml';
import { type Protocol, protocolOf } from './containers';
import { type Labels, type Selector, append, matches, parseSelector } from './labels';

export interface PolicyPeer {
  readonly podSelector: Selector | undefined;
  readonly namespaceSelector: Selector | undefined;
  readonly ipBlock: { readonly cidr: string; readonly except: readonly string[] } | undefined;
}

export interface PolicyPort {
  readonly protocol: Protocol;
  /** undefined: every port of the protocol. */
  readonly port: number | string | undefined;
  readonly endPort: number | undefined;
  readonly path: FieldPath;
}

/** One rule: any of the peers on any of the ports. null: no restriction. */
export interface PolicyRule {
  readonly peers: readonly PolicyPeer[] | null;
  readonly ports: readonly PolicyPort[] | null;
}

export interface NetworkPolicy {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly name: string;
  readonly selector: Selector;
  /** null: the policy does not isolate that direction. */
  readonly ingress: readonly PolicyRule[] | null;
  readonly egress: readonly PolicyRule[] | null;
}

/** NetworkPolicies, found by the pod they select without a look at all of them. */
export class PolicyIndex {
  private readonly byLabel = new Map<string, NetworkPolicy[]>();

  constructor(readonly all: readonly NetworkPolicy[]) {
    for (const policy of all) {
      const equal = policy.selector.requirements.find(({ operator, values }) => operator === 'In' && values.length === 1);
      append(this.byLabel, equal === undefined ? policy.namespace : `${policy.namespace}\0${equal.key}\0${equal.values[0]}`, policy);
    }
  }

  selecting({ namespace, labels }: { readonly namespace: string; readonly labels: Labels }): readonly NetworkPolicy[] {
    const candidates = [...(this.byLabel.get(namespace) ?? [])];
    for (const key of Object.keys(labels)) candidates.push(...(this.byLabel.get(`${namespace}\0${key}\0${labels[key]}`) ?? []));
    return candidates.filter((policy) => matches(policy.selector, labels));
  }
}

export function parsePolicies(manifests: readonly Manifest[]): PolicyIndex {
  return new PolicyIndex(manifests.map(parsePolicy));
}

function parsePolicy(manifest: Manifest): NetworkPolicy {
  const { object } = manifest;
  const spec = fields(object['spec']);
  const types = list(spec['policyTypes']);
  // Without policyTypes: Ingress always, Egress when there is an egress section with a rule.
  const isIngress = types.length === 0 || types.includes('Ingress');
  const isEgress = types.length === 0 ? list(spec['egress']).length > 0 : types.includes('Egress');
  return {
    manifest, namespace: object.metadata.namespace ?? '', name: object.metadata.name,
    selector: parseSelector(spec['podSelector']) ?? { requirements: [] },
    ingress: isIngress ? parseRules(spec['ingress'], 'from', ['spec', 'ingress']) : null,
    egress: isEgress ? parseRules(spec['egress'], 'to', ['spec', 'egress']) : null,
  };
}

function parseRules(value: unknown, side: 'from' | 'to', path: FieldPath): PolicyRule[] {
  return list(value).map((rule, index) => {
    const peers = list(at(rule, side));
    const ports = list(at(rule, 'ports'));
    return {
      peers: peers.length === 0 ? null : peers.map(parsePeer),
      ports: ports.length === 0 ? null : ports.map((entry, portIndex) => {
        const port = at(entry, 'port');
        return {
          protocol: protocolOf(at(entry, 'protocol')),
          port: typeof port === 'number' || typeof port === 'string' ? port : undefined,
          endPort: integer(at(entry, 'endPort')),
          path: [...path, index, 'ports', portIndex],
        };
      }),
    };
  });
}

function parsePeer(value: unknown): PolicyPeer {
  const peer = fields(value);
  const block = peer['ipBlock'];
  return {
    podSelector: parseSelector(peer['podSelector']),
    namespaceSelector: parseSelector(peer['namespaceSelector']),
    ipBlock: isFields(block) ? { cidr: text(block['cidr']) ?? '', except: list(block['except']).flatMap((entry) => text(entry) ?? []) } : undefined,
  };
}
