import type { Pod } from '../../explain/world/pods';
import type { NetworkPolicy, PolicyPeer, PolicyRule } from '../../explain/world/policies';
import type { Selector } from '../../explain/world/labels';
import type { World } from '../../explain/world/world';
import type { GraphNamespace } from '../graph';

/** What the policies that select a pod let in and out, a sentence each; none: nothing is closed. */
export function policyTexts(world: World, pod: Pod): string[] {
  return world.policies.selecting(pod).filter((policy) => !closes(policy)).map(policyText)
    .concat(world.policies.selecting(pod).some(closes) ? ['Everything else is denied.'] : []);
}

/** The frame of a namespace: which directions are closed for all its pods. */
export function namespaceOf(world: World, name: string): Omit<GraphNamespace, 'findings'> {
  const all = world.policies.all.filter((policy) => policy.namespace === name && policy.selector.requirements.length === 0);
  const denies = (['ingress', 'egress'] as const).filter((direction) => all.some((policy) => policy[direction]?.length === 0));
  return { name, denies, policies: all.map(policyText) };
}

function closes({ selector, ingress, egress }: NetworkPolicy): boolean {
  return selector.requirements.length === 0 && (ingress ?? []).length === 0 && (egress ?? []).length === 0;
}

function policyText({ name, ingress, egress }: NetworkPolicy): string {
  const parts = [
    ingress === null ? undefined : ingress.length === 0 ? 'nobody may call' : `may call: ${ingress.map((rule) => ruleText(rule, 'anybody')).join('; ')}`,
    egress === null ? undefined : egress.length === 0 ? 'calls nobody' : `calls: ${egress.map((rule) => ruleText(rule, 'anything')).join('; ')}`,
  ];
  return `${name}: ${parts.filter((part) => part !== undefined).join('. ')}.`;
}

function ruleText({ peers, ports }: PolicyRule, everybody: string): string {
  const who = peers === null ? everybody : peers.map(peerText).join(' or ');
  const where = (ports ?? []).map(({ port, endPort, protocol }) => `${port ?? 'any'}${endPort === undefined ? '' : `-${endPort}`}${protocol === 'TCP' ? '' : `/${protocol}`}`);
  return where.length === 0 ? who : `${who} on ${where.join(', ')}`;
}

function peerText({ podSelector, namespaceSelector, ipBlock }: PolicyPeer): string {
  if (ipBlock !== undefined) return ipBlock.except.length === 0 ? ipBlock.cidr : `${ipBlock.cidr} except ${ipBlock.except.join(', ')}`;
  const pods = podSelector === undefined || podSelector.requirements.length === 0 ? 'any pod' : selectorText(podSelector);
  if (namespaceSelector === undefined) return pods;
  return `${pods} of ${namespaceSelector.requirements.length === 0 ? 'any namespace' : selectorText(namespaceSelector)}`;
}

/** Labels; the recommended ones by their value alone, as people say it. */
function selectorText({ requirements }: Selector): string {
  const name = requirements.find(({ key, values }) => (key === 'app.kubernetes.io/name' || key === 'kubernetes.io/metadata.name') && values.length === 1);
  if (name !== undefined) return name.values[0] ?? '';
  return requirements.map(({ key, operator, values }) => {
    switch (operator) {
      case 'In': return values.length === 1 ? `${key}=${values[0]}` : `${key} in (${values.join(', ')})`;
      case 'NotIn': return `${key} not in (${values.join(', ')})`;
      case 'Exists': return key;
      case 'DoesNotExist': return `no ${key}`;
      default: { const never: never = operator; return never; }
    }
  }).join(', ');
}
