import type { Protocol } from '../world/containers';
import type { Pod } from '../world/pods';
import type { NetworkPolicy } from '../world/policies';
import type { Service, ServicePort } from '../world/services';
import { portText } from '../world/services';
import { namesService } from '../world/references';
import { type Journey, type Sender, isInside, senderText } from './journey';
import { type HopView, type Leg, broken, doubted, passed } from './leg';
import { type Judgement, endOf, judge } from './policy';

/** Where a connection is going, for policies and their findings. */
export interface Target {
  readonly pod: Pod;
  readonly port: number;
  readonly protocol: Protocol;
  /** The Service port it was sent to, if it was. */
  readonly service?: { readonly service: Service; readonly port: ServicePort };
}

/** Passes a connection through the sender's egress policies and the pod's ingress policies, then on to what the pod does with it. */
export function connect(journey: Journey, sender: Sender, target: Target, arrive: () => Leg): Leg {
  const { world } = journey;
  if (isOwnAddress(sender, target)) return arrive();
  const address = `${target.pod.addresses[0] ?? target.pod.name}:${target.port}`;
  let inner: () => Leg = arrive;
  const end = endOf(world, sender, target.pod);
  const ingress = end === 'same-node' ? undefined : judge(world, 'ingress', target.pod, end, target.port, target.protocol, target.pod);
  if (ingress !== undefined && ingress.policies.length > 0) {
    const next = inner;
    inner = () => policyHop(journey, 'ingress', ingress, sender, target, address, next);
  }
  const source = sourceOf(sender);
  const egress = source === undefined ? undefined
    : judge(world, 'egress', source, { kind: 'pod', pod: target.pod }, target.port, target.protocol, target.pod);
  if (egress !== undefined && egress.policies.length > 0) {
    const next = inner;
    inner = () => policyHop(journey, 'egress', egress, sender, target, address, next);
  }
  return inner();
}

/** What a pod sends to its own address never leaves it, so no policy sees it. By a cluster IP it would come back through the node. */
function isOwnAddress(sender: Sender, { pod, service }: Target): boolean {
  return sender.kind === 'pod' && pod.live && sender.pods.length === 1 && sender.pods[0] === pod && (service === undefined || service.service.headless);
}

/** The pod whose egress policies have their say. */
function sourceOf(sender: Sender): Pod | undefined {
  switch (sender.kind) {
    case 'pod': return sender.pods[0];
    case 'controller': return sender.running?.pod;
    case 'node': return sender.passesOn;
    default: return undefined;
  }
}

function policyHop(
  journey: Journey, direction: 'ingress' | 'egress', judgement: Judgement, sender: Sender, target: Target, address: string, next: () => Leg,
): Leg {
  const [policy] = judgement.policies as readonly [NetworkPolicy, ...NetworkPolicy[]];
  for (const { manifest } of judgement.policies) journey.visit(manifest);
  if (journey.world.profile.enforcesPolicies === undefined) journey.assume('The network plugin enforces NetworkPolicies.');
  const names = judgement.policies.map(({ name }) => name).join(', ');
  const kind = direction === 'ingress' ? 'ingress-policy' : 'egress-policy';
  const view = (text: string): HopView => ({ kind, text, at: policy.manifest, to: address });
  const whose = direction === 'ingress' ? `into ${target.pod.workload.name}` : `out of ${senderText(sender)}`;
  switch (judgement.verdict) {
    case 'yes': return passed(view(`NetworkPolicy ${names} lets the connection ${whose}.`), next());
    case 'unknown': return doubted(view(`NetworkPolicy ${names} lets only some clients ${whose}; whether ${senderText(sender)} is one of them is not in the input.`), 'depends', next());
    case 'no': {
      reportBlocked(journey, direction, judgement, sender, target);
      return broken(view(`NetworkPolicy ${names} lets no connection from ${senderText(sender)} to port ${target.port} ${whose}: its packets are dropped.`), 'timeout');
    }
    default: { const never: never = judgement.verdict; return never; }
  }
}

function reportBlocked(journey: Journey, direction: 'ingress' | 'egress', judgement: Judgement, sender: Sender, target: Target): void {
  const [policy] = judgement.policies as readonly [NetworkPolicy, ...NetworkPolicy[]];
  const servicePort = target.service?.port;
  const misnamed = servicePort === undefined || servicePort.port === target.port ? undefined : judgement.otherPorts.find(({ port }) =>
    port.protocol === target.protocol && (port.port === servicePort.port || (typeof port.port === 'string' && port.port === servicePort.name)));
  if (misnamed !== undefined && servicePort !== undefined) {
    journey.report({
      id: 'NET001', at: misnamed.policy.manifest, path: [...misnamed.port.path, 'port'],
      message: `NetworkPolicy ${misnamed.policy.name} admits port ${String(misnamed.port.port)}, which is the Service's; policies see the pod's port, ${target.port}.`,
      fix: `Write port ${target.port} in the policy.`,
    });
    return;
  }
  const service = target.service?.service;
  const meant = service !== undefined && sender.kind === 'pod' && namesService(sender.pods[0], service);
  const what = service === undefined ? `${target.pod.workload.name}:${target.port}` : `${service.name}:${servicePort === undefined ? target.port : portText(servicePort)}`;
  journey.report({
    id: meant ? 'NET003' : 'NET004', ...(meant || (isInside(sender) && sender.kind !== 'anyone') ? {} : { severity: 'warning' as const }), at: policy.manifest,
    path: ['spec', direction],
    message: `NetworkPolicy ${judgement.policies.map(({ name }) => name).join(', ')} blocks ${senderText(sender)} on its way to ${what}${meant ? ', which its containers are told to call' : ''}.`,
    fix: direction === 'egress'
      ? `Allow egress from ${senderText(sender)} to the pods of ${target.pod.workload.name}, port ${target.port}/${target.protocol}.`
      : `Allow ingress to ${target.pod.workload.name}, port ${target.port}/${target.protocol}, from ${senderText(sender)}; or send the request from a pod that may.`,
  });
}
