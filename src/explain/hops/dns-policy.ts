import type { Labels } from '../world/labels';
import type { NetworkPolicy } from '../world/policies';
import { type Journey, type Sender, senderText } from './journey';
import { type Leg, broken, passed } from './leg';
import { type Judgement, judge } from './policy';

const dnsLabels: Labels = { 'k8s-app': 'kube-dns' };

/** Asking for a name is a connection of its own: egress policies must let the pod reach the cluster's DNS on UDP 53. */
export function throughDnsPolicy(journey: Journey, sender: Sender, next: () => Leg): Leg {
  if (sender.kind !== 'pod') return next();
  const judgement = mayAskDns(journey, sender);
  const [policy] = judgement.policies;
  if (policy === undefined) return next();
  journey.visit(policy.manifest);
  const names = judgement.policies.map(({ name }) => name).join(', ');
  const view = { kind: 'egress-policy' as const, at: policy.manifest, from: journey.request.host, to: 'cluster DNS:53/UDP', text: '' };
  if (judgement.verdict === 'no') {
    journey.report({
      id: 'NET002', at: policy.manifest, path: ['spec', 'egress'],
      message: `NetworkPolicy ${names} lets ${senderText(sender)} out, but not to DNS (port 53/UDP of kube-system): it cannot resolve ${journey.request.host}.`,
    });
    return broken({ ...view, text: `NetworkPolicy ${names} lets no DNS query out: resolving ${journey.request.host} times out.` }, 'timeout');
  }
  if (judgement.verdict === 'unknown') journey.assume('The namespace of the cluster DNS has the labels that the egress policies name.');
  return passed({ ...view, text: `NetworkPolicy ${names} lets the DNS query out.` }, next());
}

/** CoreDNS where it is in the input; where it is not, its usual labels in kube-system. */
export function mayAskDns({ world }: Journey | Pick<Journey, 'world'>, sender: Sender & { readonly kind: 'pod' }): Judgement {
  const [pod] = sender.pods;
  const real = world.pods.withAll('kube-system', dnsLabels)[0];
  const end = real !== undefined ? { kind: 'pod' as const, pod: real } : { kind: 'unseen' as const, namespace: 'kube-system', labels: dnsLabels };
  const judgement = judge(world, 'egress', pod, end, 53, 'UDP', real);
  if (judgement.verdict !== 'no') return judgement;
  // Elsewhere DNS listens on another port (OpenShift's 5353), in another namespace, or on each node; a rule for one of these is meant for it.
  const others = [
    judge(world, 'egress', pod, { kind: 'unseen', namespace: 'openshift-dns', labels: {} }, 5353, 'UDP', undefined),
    judge(world, 'egress', pod, { kind: 'address', address: '169.254.20.10' }, 53, 'UDP', undefined),
    // A rule without ports is for the pods it selects, not for a DNS among them.
    ...(judgement.policies.some(namesDnsPort) ? [judge(world, 'egress', pod, { kind: 'anyone' }, 53, 'UDP', undefined)] : []),
    judge(world, 'egress', pod, { kind: 'address', address: '10.96.0.10' }, 53, 'UDP', undefined),
  ];
  return others.some(({ verdict }) => verdict !== 'no') && real === undefined ? { ...judgement, verdict: 'unknown' } : judgement;
}

function namesDnsPort({ egress }: NetworkPolicy): boolean {
  return egress?.some(({ ports }) => ports?.some(({ port }) => port === 53)) === true;
}
