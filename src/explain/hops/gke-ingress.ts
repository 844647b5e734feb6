import { at, bool, type Fields, fields } from '../../manifest/fields';
import type { FieldPath } from '../../manifest/yaml';
import type { Ingress } from '../world/ingresses';
import { keyOf } from '../world/pods';
import type { World } from '../world/world';
import { forHost } from './ingress-hosts';
import type { Journey } from './journey';
import { type Leg, broken } from './leg';

const CLASS = 'kubernetes.io/ingress.class';
const ALLOW_HTTP = 'kubernetes.io/ingress.allow-http';
const FRONTEND_CONFIG = 'networking.gke.io/v1beta1.FrontendConfig';
const ADDRESSES = ['kubernetes.io/ingress.regional-static-ip-name', 'kubernetes.io/ingress.global-static-ip-name'];
const CERTIFICATES = ['networking.gke.io/managed-certificates', 'ingress.gcp.kubernetes.io/pre-shared-cert', 'networking.gke.io/certmap'];

/** What Go's strconv.ParseBool takes for false. */
const FALSE: ReadonlySet<string | undefined> = new Set(['false', 'False', 'FALSE', 'f', 'F', '0']);

/** The ports of an Ingress's load balancer: for http unless it is forbidden, for https where there is a certificate. A redirect stands on the one for http. */
export function openPorts({ annotations, tls }: Ingress): readonly number[] {
  const secure = tls.length > 0 || CERTIFICATES.some((key) => has(annotations, key));
  return [...(FALSE.has(annotations[ALLOW_HTTP]) ? [] : [80]), ...(secure ? [443] : [])];
}

/** FrontendConfig `redirectToHttps`, where it is on. */
export function frontendRedirect(world: World, { annotations, namespace }: Ingress): { readonly name: string; readonly redirect: Fields } | undefined {
  const name = annotations[FRONTEND_CONFIG];
  const config = name === undefined ? undefined : world.others.get(keyOf('FrontendConfig', namespace, name));
  const redirect = fields(at(config?.object, 'spec', 'redirectToHttps'));
  return name !== undefined && bool(redirect['enabled']) === true ? { name, redirect } : undefined;
}

/** Why GKE makes no load balancer of an Ingress. */
export interface GkeRefusal {
  readonly id: 'GKE004';
  readonly message: string;
  readonly path: FieldPath;
  readonly fix: string;
}

/** What its controller refuses (kubernetes/ingress-gce, pkg/loadbalancers: edgeHop and ensureRedirectURLMap). One that has an address was made, in whatever form. */
export function refusedByGke(world: World, ingress: Ingress): GkeRefusal | undefined {
  const { annotations, name, classAnnotation, addresses } = ingress;
  if (addresses.length > 0) return undefined;
  const refusal = (annotation: string, message: string, fix: string): GkeRefusal => ({ id: 'GKE004', message: `Ingress ${name} ${message}: GKE makes no load balancer of it.`, path: ['metadata', 'annotations', annotation], fix });
  const ports = openPorts(ingress);
  if (ports.length === 0) return refusal(ALLOW_HTTP, 'forbids http and has no certificate for https', `Give it a certificate, or take ${ALLOW_HTTP} out.`);
  if (classAnnotation !== 'gce-internal') return undefined;
  if (ports.length === 2 && !ADDRESSES.some((key) => has(annotations, key))) {
    return refusal(CLASS, 'is internal, for both http and https, without an address that these two can share', `Set ${ALLOW_HTTP}: "false"; for both, name an address of purpose SHARED_LOADBALANCER_VIP in ${String(ADDRESSES[0])}.`);
  }
  const redirected = frontendRedirect(world, ingress);
  return redirected && refusal(FRONTEND_CONFIG, `is internal, and FrontendConfig ${redirected.name} redirects to https`, 'Take redirectToHttps out of the FrontendConfig.');
}

/** Each Ingress is a load balancer of its own, open on its ports alone: those that take the request, or how its connection fails. */
export function openTo({ request, visit }: Journey, ingresses: readonly Ingress[]): readonly Ingress[] | Leg {
  const isOpen = (ingress: Ingress): boolean => openPorts(ingress).includes(request.port);
  if (ingresses.every(isOpen)) return ingresses;
  const forIt = forHost(ingresses, request.hostHeader);
  const meant = forIt.length > 0 ? forIt : ingresses;
  if (meant.some(isOpen)) return ingresses.filter(isOpen);
  const [closed] = meant;
  if (closed === undefined) return ingresses;
  visit(closed.manifest);
  const why = request.port === 80 ? `${ALLOW_HTTP} is "false"` : request.port === 443 ? 'it has no certificate' : 'these are the ports of an Ingress';
  return broken({
    kind: 'ingress', at: closed.manifest, from: `${request.host}:${request.port}`,
    text: `The load balancer of Ingress ${closed.name} is open on ${openPorts(closed).join(' and ')}, and not on ${request.port}: ${why}.`,
  }, 'refused');
}

function has(annotations: Ingress['annotations'], key: string): boolean {
  return (annotations[key] ?? '') !== '';
}
