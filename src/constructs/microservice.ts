import { ApiObject, Lazy } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { NetworkPeer, PolicyPort } from '../model/network-peer';
import { checkServiceName } from '../model/names';
import { type PortChain, portChains, type PortSpec } from '../model/ports';
import type { Complaint } from '../model/problem';
import { autoscalerSpec, checkReplicas, disruptionBudgetSpec, type Replicas } from './availability';
import type { ContainerOptions } from './container';
import { Directory, type Callable } from './directory';
import { Environment } from './environment';
import { Exposure } from './exposure';
import { namespaceSelector, selectorLabels } from './labels';
import { AppNamespace, namespaceOf } from './namespace';
import { type Allowance, checkOutsidePeer, networkPolicySpec, outsideAllowance, type OutsidePeer } from './network-policy';
import { platformComplaints } from './platform-rules';
import { type PodTemplate, podTemplate } from './pod';
import { validate } from './problems';
import { RESTRICTED, runsAsRoot, type SecurityProfile } from './security';
import { serviceSpec } from './service';

/** Options of a {@link Microservice}. Containers, env, volumes, probes and resources are cdk8s-plus-27's own types. */
export interface MicroserviceProps extends ContainerOptions {
  /** The image with a pinned tag or digest. */
  readonly image: string;

  /** The one port, or a container port number alone. Use this or `ports`. */
  readonly port?: number | PortSpec;

  /** Several ports, each with a name; the first is the one that probes and routes mean when they name none. */
  readonly ports?: readonly PortSpec[];

  /**
   * Container ports that are on the Pod and not on the Service, e.g. for metrics or probes.
   *
   * @default none
   */
  readonly privatePorts?: readonly PortSpec[];

  /**
   * The rung: how the service is reached.
   *
   * @default Exposure.clusterIp()
   */
  readonly exposure?: Exposure;

  /**
   * The name of Service and Deployment, an RFC 1035 label of at most 63 characters.
   *
   * @default the construct's id
   */
  readonly name?: string;

  /**
   * Tells two installations of one service in a namespace apart (label app.kubernetes.io/instance). Part of the selector, so it cannot change later.
   *
   * @default the name
   */
  readonly instance?: string;

  /**
   * A number, or `{ minReplicas, maxReplicas }` for a HorizontalPodAutoscaler.
   *
   * @default 2
   */
  readonly replicas?: Replicas;

  /**
   * The services that this one calls, by name or `namespace/name`, and other pods or addresses. Both ends get their policy from it.
   *
   * @default none: only DNS gets out
   */
  readonly calls?: readonly (string | OutsidePeer)[];

  /**
   * Who may call this one besides those whose `calls` name it.
   *
   * @default nobody
   */
  readonly callers?: readonly (string | OutsidePeer)[];

  /**
   * How much of its isolation the container keeps; `compat({...})` for images that need more.
   *
   * @default Pod Security restricted, read-only root, user 10001
   */
  readonly security?: SecurityProfile;

  /**
   * A writable /tmp in memory-free scratch space, of at most this many mebibytes.
   *
   * @default none
   */
  readonly tmpMebibytes?: number;

  /**
   * Seconds to go on serving after the Pod is told to end, while load balancers and nodes take it out. 0 for none.
   * Needs Kubernetes 1.30 (the `sleep` lifecycle action).
   *
   * @default 5
   */
  readonly drainSeconds?: number;

  /**
   * Seconds from being told to end to being killed, `drainSeconds` included.
   *
   * @default drainSeconds + 30
   */
  readonly terminationGracePeriodSeconds?: number;

  /**
   * Containers that run to their end before the service starts.
   *
   * @default none
   */
  readonly initContainers?: readonly kplus.ContainerProps[];

  /**
   * Containers that start before the service and run beside it (restartable init containers, Kubernetes 1.29).
   *
   * @default none
   */
  readonly sidecars?: readonly kplus.ContainerProps[];

  /**
   * A service account for a Pod that talks to the API server; its token is then mounted.
   *
   * @default the namespace's own, without a token
   */
  readonly serviceAccountName?: string;

  /**
   * The release, as label app.kubernetes.io/version.
   *
   * @default none
   */
  readonly version?: string;

  /**
   * Annotations of the Pods.
   *
   * @default none
   */
  readonly podAnnotations?: Readonly<Record<string, string>>;

  /**
   * Lets the Pods call anything, for controllers whose targets are not known here.
   *
   * @default false
   */
  readonly unrestrictedEgress?: boolean;
}

/**
 * A Deployment, its Service and what a production service has: probes, small resources, Pod Security restricted, spread, a
 * disruption budget, graceful drain, and a NetworkPolicy that follows the declared calls. Its rung is one value.
 */
export class Microservice extends Construct implements Callable {
  readonly construct = this;
  readonly serviceName: string;
  readonly namespace: string | undefined;
  readonly exposure: Exposure;
  readonly ports: readonly PortChain[];
  readonly canCall = true;
  /** The objects themselves, for what this construct has no option for (`addJsonPatch`). */
  readonly deployment: ApiObject;
  readonly service: ApiObject;

  private readonly directory: Directory;
  private readonly selector: Readonly<Record<string, string>>;
  private readonly admitted: Allowance[] = [];
  private readonly portComplaints: readonly Complaint[];
  private readonly privatePorts: readonly PortChain[];
  private readonly template: PodTemplate;

  constructor(scope: Construct, id: string, private readonly props: MicroserviceProps) {
    super(scope, id);
    this.serviceName = props.name ?? id;
    this.namespace = namespaceOf(this);
    this.exposure = props.exposure ?? Exposure.clusterIp();
    this.selector = selectorLabels(this.serviceName, props.instance ?? this.serviceName);

    const specs = portSpecs(props);
    const { chains, complaints } = portChains(specs, this.exposure.nodePorts(specs.map(({ name }) => name ?? 'http')));
    const hidden = portChains(props.privatePorts ?? []);
    this.ports = chains;
    this.privatePorts = hidden.chains;
    this.portComplaints = [...complaints, ...(props.privatePorts ? hidden.complaints : [])];

    this.directory = Directory.of(this);
    this.directory.add(this);
    for (const callee of named(props.calls)) this.directory.addCall(this, this.serviceName, callee);
    for (const caller of named(props.callers)) this.directory.addCall(this, caller, this.serviceName);
    validate(this, () => this.complaints());

    this.template = podTemplate({
      name: this.serviceName, selector: this.selector, props, ports: [...this.ports, ...this.privatePorts], security: props.security ?? RESTRICTED,
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
    this.admitted.push(allowance);
  }

  /** This service's pods, as a policy names them. */
  get peers(): readonly NetworkPeer[] {
    return [{ ...(this.namespace !== undefined && { namespaceSelector: namespaceSelector(this.namespace) }), podSelector: { matchLabels: this.selector } }];
  }

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
      ...outside(props.callers).map((peer) => outsideAllowance(peer, policyPorts)),
      ...this.admitted,
    ];
    const egress = [
      ...directory.calledBy(this).map(({ peers, policyPorts: ports }) => ({ peers, ports })),
      ...outside(props.calls).map((peer) => outsideAllowance(peer, [])),
    ];
    return networkPolicySpec(this.selector, ingress, props.unrestrictedEgress ? 'everything' : egress, Environment.around(this)?.platform.dns);
  }

  private complaints(): Complaint[] {
    const { props, directory } = this;
    const complaints = [
      ...checkServiceName('name', this.serviceName),
      ...directory.complainTwice(this),
      ...this.portComplaints,
      ...this.exposure.complaints(),
      ...checkReplicas(this.replicas),
      ...platformComplaints(this),
      ...(['calls', 'callers'] as const).flatMap((field) => [
        ...named(props[field]).flatMap((name) => directory.complain(field, this, name, field === 'callers')),
        ...outside(props[field]).flatMap((peer) => checkOutsidePeer(field, peer)),
      ]),
    ];
    if (props.port !== undefined && props.ports !== undefined) {
      complaints.push({ code: 'PORT_BOTH', severity: 'error', field: 'port', value: props.port, rule: 'A service has port or ports, not both.', fix: 'Move the port into ports, with a name.' });
    }
    if (props.image.trim() === '' || /\s/.test(props.image)) {
      complaints.push({ code: 'IMAGE', severity: 'error', field: 'image', value: props.image, rule: 'An image is named, without spaces.', fix: 'Write e.g. docker.io/nginxinc/nginx-unprivileged:1.29-alpine.' });
    } else if (!/(:(?!latest$)[\w][\w.-]*|@sha256:[0-9a-f]{64})$/.test(props.image)) {
      complaints.push({ code: 'IMAGE_TAG', severity: 'warning', field: 'image', value: props.image, rule: 'Without a tag, or with latest, two nodes may run two versions.', fix: 'Pin a tag or a digest.' });
    }
    const level = AppNamespace.around(this)?.podSecurity;
    if (runsAsRoot(props.security ?? RESTRICTED) && level === 'restricted') {
      complaints.push({ code: 'POD_SECURITY', severity: 'error', field: 'security', value: props.security, rule: 'A namespace that enforces Pod Security restricted refuses pods that may run as root.', fix: "Give its AppNamespace podSecurity: 'baseline', or use an image that runs as another user." });
    }
    const drain = props.drainSeconds ?? 5;
    if (!Number.isInteger(drain) || drain < 0) {
      complaints.push({ code: 'DRAIN', severity: 'error', field: 'drainSeconds', value: drain, rule: 'drainSeconds is a whole number of seconds from 0.', fix: 'Write e.g. 5.' });
    } else if (props.terminationGracePeriodSeconds !== undefined && props.terminationGracePeriodSeconds <= drain) {
      complaints.push({ code: 'DRAIN', severity: 'error', field: 'terminationGracePeriodSeconds', value: props.terminationGracePeriodSeconds, rule: 'The Pod is killed before it has drained.', fix: `Give more than ${drain} seconds.` });
    }
    return complaints;
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

function portSpecs({ port, ports }: MicroserviceProps): readonly PortSpec[] {
  if (ports) return ports;
  if (port === undefined) return [];
  return [typeof port === 'number' ? { containerPort: port } : port];
}

function named(peers: readonly (string | OutsidePeer)[] = []): string[] {
  return peers.filter((peer) => typeof peer === 'string');
}

function outside(peers: readonly (string | OutsidePeer)[] = []): OutsidePeer[] {
  return peers.filter((peer) => typeof peer !== 'string');
}
