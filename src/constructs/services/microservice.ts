import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type { NetworkPeer, PolicyPort } from '../../model/network-peer';
import { checkServiceName } from '../../model/names';
import { laptopPort, podPortChains, type PortChain, portChains, type PortSpec } from '../../model/ports';
import type { Complaint } from '../../model/problem';
import { autoscalerSpec, disruptionBudgetSpec, type Replicas } from './availability';
import type { SidecarContainer } from './container';
import { containerComplaints } from './container-rules';
import { type Callable, Directory } from './directory';
import { Environment } from '../environment';
import { Exposure } from './exposure';
import { namespaceSelector, selectorLabels } from '../labels';
import { mark } from '../mark';
import { type MicroserviceProps, namedPeers, outsidePeers } from './microservice-props';
import { microserviceComplaints } from './microservice-rules';
import { AppNamespace, namespaceOf } from '../namespace';
import { type Allowance, networkPolicySpec, outsideAllowance } from './network-policy';
import { refuseOutputs } from '../outputs';
import { laptopPortOf, platformComplaints } from './platform-rules';
import { type PodTemplate, podTemplate } from './pod';
import { podComplaints } from './pod-rules';
import { validate } from '../problems';
import { RESTRICTED } from './security';
import { serviceSpec } from './service';

/**
 * A Deployment, its Service and what a production service has: probes, small resources, Pod Security restricted, spread, a
 * disruption budget, graceful drain, and a NetworkPolicy that follows the declared calls. Its rung is one value.
 */
export class Microservice extends Construct implements Callable {
  /** Itself, as what is called. */
  readonly construct = this;
  /** The name of Service and Deployment, which callers use. */
  readonly serviceName: string;
  /** The image of its own container. */
  readonly image: string;
  readonly namespace: string | undefined;
  /** Its rung. */
  readonly exposure: Exposure;
  /** The ports of its Service, each with its whole way. */
  readonly ports: readonly PortChain[];
  readonly canCall = true;
  /** Its Deployment, for what this construct has no option for (`addJsonPatch`). */
  readonly deployment: ApiObject;
  /** The same of its Service. */
  readonly service: ApiObject;

  private readonly directory: Directory;
  private readonly selector: Readonly<Record<string, string>>;
  private readonly admitted: Allowance[] = [];
  private readonly portComplaints: readonly Complaint[];
  private readonly privatePorts: readonly PortChain[];
  private readonly template: PodTemplate;

  constructor(scope: Construct, id: string, private readonly props: MicroserviceProps) {
    super(scope, id);
    refuseOutputs(this, props);
    mark(this, 'microservice');
    this.serviceName = props.name ?? id;
    this.image = props.image;
    this.namespace = namespaceOf(this);
    this.exposure = props.exposure ?? Exposure.clusterIp();
    this.selector = selectorLabels(this.serviceName, props.instance ?? this.serviceName);

    const specs = portSpecs(props);
    const { chains, complaints } = portChains(specs, this.exposure.nodePorts(specs.map(({ name }) => name ?? 'http')));
    const hidden = podPortChains('privatePorts', props.privatePorts ?? [], chains);
    this.ports = chains;
    this.privatePorts = hidden.chains;
    const sidecars = portsOfSidecars(props.sidecars, [...chains, ...hidden.chains]);
    this.portComplaints = [...complaints, ...hidden.complaints, ...sidecars.complaints];

    this.directory = Directory.of(this);
    this.directory.add(this);
    for (const chain of this.ports.filter((port) => laptopPort(port) !== undefined)) this.directory.addLaptopPort(this, laptopPortOf(chain));
    for (const callee of namedPeers(props.calls)) this.directory.addCall(this, this.serviceName, callee);
    for (const caller of namedPeers(props.callers)) this.directory.addCall(this, caller, this.serviceName);
    validate(this, () => [
      ...checkServiceName('name', this.serviceName),
      ...this.directory.complainTwice(this),
      ...this.portComplaints,
      ...this.exposure.complaints(),
      ...platformComplaints(this),
      ...podComplaints(this.serviceName, props),
      ...[...(this.template.spec.initContainers ?? []), ...this.template.spec.containers].flatMap(containerComplaints),
      ...microserviceComplaints(props, AppNamespace.around(this)?.podSecurity),
      ...(['calls', 'callers'] as const).flatMap((field) => namedPeers(props[field]).flatMap((name) => this.directory.complain(field, this, name, field === 'callers'))),
    ]);

    this.template = podTemplate({
      name: this.serviceName, selector: this.selector, props, ports: [...this.ports, ...this.privatePorts], sidecarPorts: sidecars.chains, security: props.security ?? RESTRICTED,
    });
    this.deployment = this.write('Deployment', 'apps/v1', this.deploymentSpec());
    this.service = this.write('Service', 'v1', serviceSpec(this.exposure, this.ports, this.selector), this.exposure.rung.options.annotations);
    if (typeof this.replicas === 'object') this.write('HorizontalPodAutoscaler', 'autoscaling/v2', autoscalerSpec(this.serviceName, this.replicas));
    this.write('PodDisruptionBudget', 'policy/v1', disruptionBudgetSpec(this.selector));
    this.write('NetworkPolicy', 'networking.k8s.io/v1', Lazy.any({ produce: () => this.policySpec() }));

    const { rung } = this.exposure;
    if (rung.type === 'Ingress') rung.route.site.route(this, rung.route);
    if (rung.type === 'NodePort' || rung.type === 'LoadBalancer') this.admit({ peers: [], ports: this.policyPorts });
  }

  /** Lets somebody in through this service's NetworkPolicy; a front does this for the services it routes to. */
  admit(allowance: Allowance): void {
    const same = JSON.stringify(allowance);
    if (!this.admitted.some((other) => JSON.stringify(other) === same)) this.admitted.push(allowance);
  }

  /** This service's pods, as a policy names them. */
  get peers(): readonly NetworkPeer[] {
    return [{ ...(this.namespace !== undefined && { namespaceSelector: namespaceSelector(this.namespace) }), podSelector: { matchLabels: this.selector } }];
  }

  /** Its ports as policies have them: the Pod's. */
  get policyPorts(): readonly PolicyPort[] {
    return this.ports.map(({ protocol, containerPort }) => ({ protocol, port: containerPort }));
  }

  /** The path and container port of an HTTP readiness probe: what load balancers that check for themselves should ask. */
  get healthCheck(): { readonly path: string; readonly port: number; readonly https: boolean } | undefined {
    const probe = this.template.spec.containers[0].readinessProbe?.httpGet;
    const chain = [...this.ports, ...this.privatePorts].find(({ targetPort }) => targetPort === probe?.port);
    const port = chain?.containerPort ?? probe?.port;
    return probe && typeof port === 'number' ? { path: probe.path, port, https: probe.scheme === 'HTTPS' } : undefined;
  }

  private get replicas(): Replicas {
    return this.props.replicas ?? 2;
  }

  private deploymentSpec(): Record<string, unknown> {
    return {
      // An autoscaler owns the number: writing it would reset it on every apply.
      ...(typeof this.replicas === 'number' && { replicas: this.replicas }),
      revisionHistoryLimit: 3,
      selector: { matchLabels: this.selector },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template: this.template,
    };
  }

  private policySpec(): Record<string, unknown> {
    const { props, directory, policyPorts } = this;
    const ingress = [
      ...directory.callersOf(this).map(({ peers }) => ({ peers, ports: policyPorts })),
      ...outsidePeers(props.callers).map((peer) => outsideAllowance(peer, policyPorts)),
      ...this.admitted,
    ];
    const egress = [
      ...directory.calledBy(this).map(({ peers, policyPorts: ports }) => ({ peers, ports })),
      ...outsidePeers(props.calls).map((peer) => outsideAllowance(peer, [])),
    ];
    return networkPolicySpec(this.selector, ingress, props.unrestrictedEgress ? 'everything' : egress, Environment.around(this)?.platform.dns);
  }

  private write(kind: string, apiVersion: string, spec: unknown, annotations?: Readonly<Record<string, string>>): ApiObject {
    const labels = { ...this.selector, ...(this.props.version !== undefined && { 'app.kubernetes.io/version': this.props.version }) };
    return new ApiObject(this, kind, {
      apiVersion,
      kind,
      metadata: { name: this.serviceName, ...(this.namespace !== undefined && { namespace: this.namespace }), labels, ...(annotations && { annotations }) },
      spec,
    });
  }
}

function portsOfSidecars(sidecars: readonly SidecarContainer[] = [], beside: readonly PortChain[]): {
  readonly chains: ReadonlyMap<string, readonly PortChain[]>; readonly complaints: readonly Complaint[];
} {
  const chains = new Map<string, readonly PortChain[]>();
  const complaints = sidecars.flatMap(({ name, ports = [] }, index) => {
    const found = podPortChains(`sidecars[${index}].ports`, ports, [...beside, ...[...chains.values()].flat()]);
    chains.set(name, found.chains);
    return found.complaints;
  });
  return { chains, complaints };
}

function portSpecs({ port, ports }: MicroserviceProps): readonly PortSpec[] {
  if (ports) return ports;
  if (port === undefined) return [];
  return [typeof port === 'number' ? { containerPort: port } : port];
}
