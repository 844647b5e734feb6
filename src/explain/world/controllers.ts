import type { Container, ContainerPort } from './containers';
import type { Pod } from './pods';

/** A program that serves Ingresses or Gateways. */
export interface ControllerKind {
  readonly id: 'traefik' | 'ingress-nginx' | 'gce' | 'other';
  readonly name: string;
  /** `spec.controller` of its IngressClass. */
  readonly ingressController: string;
  /** The usual names of its IngressClass. */
  readonly classNames: readonly string[];
  /** `spec.controllerName` of its GatewayClass. */
  readonly gatewayController: string | undefined;
  readonly image: RegExp | undefined;
  /** Provided by the platform, with no pods to be seen. */
  readonly managed: boolean;
}

const kinds: readonly ControllerKind[] = [
  { id: 'traefik', name: 'Traefik', ingressController: 'traefik.io/ingress-controller', classNames: ['traefik', 'traefik-lb', 'traefik-internal', 'traefik-external'], gatewayController: 'traefik.io/gateway-controller', image: /(^|\/)(traefik|rancher\/mirrored-library-traefik)([:@]|$)/, managed: false },
  { id: 'ingress-nginx', name: 'ingress-nginx', ingressController: 'k8s.io/ingress-nginx', classNames: ['nginx', 'nginx-internal', 'nginx-external', 'external-nginx', 'internal-nginx'], gatewayController: undefined, image: /(ingress-nginx\/controller|nginx-ingress-controller)(-chroot)?([:@]|$)/, managed: false },
  { id: 'gce', name: 'GKE Ingress', ingressController: 'k8s.io/ingress-gce', classNames: ['gce', 'gce-internal', 'gce-regional-external'], gatewayController: 'networking.gke.io/gateway', image: undefined, managed: true },
  { id: 'other', name: 'NGINX Ingress Controller', ingressController: 'nginx.org/ingress-controller', classNames: [], gatewayController: 'gateway.nginx.org/nginx-gateway-controller', image: /(^|\/)nginx(inc)?\/nginx-ingress([:@]|$)/, managed: false },
  { id: 'other', name: 'Contour', ingressController: 'projectcontour.io/ingress-controller', classNames: ['contour'], gatewayController: 'projectcontour.io/gateway-controller', image: /projectcontour\/contour([:@]|$)/, managed: false },
  { id: 'other', name: 'HAProxy Ingress', ingressController: 'haproxy.org/ingress-controller', classNames: ['haproxy'], gatewayController: undefined, image: /haproxytech\/kubernetes-ingress|haproxy-ingress/, managed: false },
  { id: 'other', name: 'Kong', ingressController: 'ingress-controllers.konghq.com/kong', classNames: ['kong'], gatewayController: 'konghq.com/kic-gateway-controller', image: /(^|\/)kong\/kubernetes-ingress-controller/, managed: false },
  { id: 'other', name: 'AWS Load Balancer Controller', ingressController: 'ingress.k8s.aws/alb', classNames: ['alb'], gatewayController: 'gateway.k8s.aws/alb', image: undefined, managed: true },
  { id: 'other', name: 'Cilium', ingressController: 'cilium.io/ingress-controller', classNames: ['cilium'], gatewayController: 'io.cilium/gateway-controller', image: undefined, managed: true },
  { id: 'other', name: 'Istio', ingressController: 'istio.io/ingress-controller', classNames: ['istio'], gatewayController: 'istio.io/gateway-controller', image: /istio\/pilot([:@]|$)/, managed: false },
  { id: 'other', name: 'Envoy Gateway', ingressController: '', classNames: [], gatewayController: 'gateway.envoyproxy.io/gatewayclass-controller', image: /envoyproxy\/gateway([:@]|$)/, managed: false },
  { id: 'other', name: 'cloud-provider-kind', ingressController: 'kind.sigs.k8s.io/ingress-controller', classNames: ['cloud-provider-kind'], gatewayController: 'kind.sigs.k8s.io/gateway-controller', image: undefined, managed: true },
  { id: 'other', name: 'Azure Application Gateway', ingressController: 'azure/application-gateway', classNames: ['azure-application-gateway', 'azure/application-gateway', 'webapprouting.kubernetes.azure.com'], gatewayController: undefined, image: undefined, managed: true },
  { id: 'other', name: 'Tailscale', ingressController: 'tailscale.com/ts-ingress', classNames: ['tailscale'], gatewayController: undefined, image: undefined, managed: true },
];

export function controllerOfClassName(name: string): ControllerKind | undefined {
  return kinds.find((kind) => kind.classNames.includes(name));
}

export function controllerOfIngressController(controller: string): ControllerKind | undefined {
  return kinds.find((kind) => kind.ingressController === controller);
}

export function controllerOfGatewayController(controller: string): ControllerKind | undefined {
  return kinds.find((kind) => kind.gatewayController !== undefined
    && (controller === kind.gatewayController || (kind.id === 'gce' && controller.startsWith('networking.gke.io/'))));
}

/** By any of its names, as a profile gives it. */
export function controllerNamed(name: string): ControllerKind | undefined {
  const wanted = name.toLowerCase();
  return kinds.find((kind) => [kind.id, kind.name.toLowerCase(), kind.ingressController, kind.gatewayController, ...kind.classNames].includes(wanted) && wanted !== 'other');
}

/** A controller that runs in the input. */
export interface RunningController {
  readonly kind: ControllerKind;
  readonly pod: Pod;
  readonly container: Container;
}

export function controllersAmong(pods: readonly Pod[]): RunningController[] {
  return pods.flatMap((pod) => pod.containers.flatMap((container) => {
    const kind = kinds.find(({ image }) => image?.test(container.image) === true);
    return kind === undefined ? [] : [{ kind, pod, container }];
  }));
}

const webNames: ReadonlySet<string> = new Set(['web', 'http', 'proxy', 'http-web']);
const tlsNames: ReadonlySet<string> = new Set(['websecure', 'https', 'proxy-ssl', 'proxy-tls', 'tls']);

/** What a controller's port serves: routes in plain text, routes under TLS, or something of its own (metrics, a dashboard). */
export function entryPoint(controller: RunningController, port: number): { readonly tls: boolean; readonly name: string } | undefined {
  if (controller.kind.id === 'traefik') {
    const points = traefikEntryPoints(controller.container);
    const named = points.find((point) => point.port === port);
    if (named !== undefined) return named.name === 'traefik' || named.name === 'metrics' ? undefined : { tls: named.tls, name: named.name };
    if (points.length > 0) return undefined;
  }
  const declared = controller.container.ports.find((entry: ContainerPort) => entry.number === port);
  if (declared?.name !== undefined && webNames.has(declared.name)) return { tls: false, name: declared.name };
  if (declared?.name !== undefined && tlsNames.has(declared.name)) return { tls: true, name: declared.name };
  if (declared?.name !== undefined) return undefined;
  if (port === 80 || port === 8000) return { tls: false, name: 'http' };
  return port === 443 || port === 8443 ? { tls: true, name: 'https' } : undefined;
}

export interface TraefikEntryPoint {
  readonly name: string;
  readonly port: number;
  readonly tls: boolean;
  /** `http.redirections.entryPoint`: where plain requests are sent. */
  readonly redirect: { readonly to: string; readonly scheme: string; readonly permanent: boolean } | undefined;
}

/** Entry points that a Traefik container's arguments name; names are case-insensitive there. */
export function traefikEntryPoints(container: Container): TraefikEntryPoint[] {
  const flags = new Map(container.args.flatMap(({ value }) => {
    const [, key, given] = /^--([^=]+)(?:=(.*))?$/s.exec(value) ?? [];
    return key === undefined ? [] : [[key.toLowerCase(), given ?? 'true'] as const];
  }));
  const points: TraefikEntryPoint[] = [];
  for (const [key, value] of flags) {
    const [, name] = /^entrypoints\.([^.]+)\.address$/.exec(key) ?? [];
    const [, port] = /:(\d+)(?:\/(?:tcp|udp))?$/.exec(value) ?? [];
    if (name === undefined || port === undefined) continue;
    const to = flags.get(`entrypoints.${name}.http.redirections.entrypoint.to`);
    points.push({
      name, port: Number(port), tls: flags.get(`entrypoints.${name}.http.tls`) === 'true' || name === 'websecure',
      redirect: to === undefined ? undefined : {
        to, scheme: flags.get(`entrypoints.${name}.http.redirections.entrypoint.scheme`) ?? 'https',
        permanent: flags.get(`entrypoints.${name}.http.redirections.entrypoint.permanent`) !== 'false',
      },
    });
  }
  return points;
}

/** A flag of a controller's arguments, `--name=value`, in lower case. */
export function flagOf(container: Container, name: string): string | undefined {
  for (const { value } of container.args) {
    const [, key, given] = /^--([^=]+)(?:=(.*))?$/s.exec(value) ?? [];
    if (key?.toLowerCase() === name) return given ?? 'true';
  }
  return undefined;
}
