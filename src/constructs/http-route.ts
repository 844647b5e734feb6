import { ApiObject, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import type { SiteRoute } from './site';

export const GATEWAY_GROUP = 'gateway.networking.k8s.io';

/** The listener that an HTTPRoute is attached to. */
export interface RouteParent {
  readonly gateway: string;
  readonly namespace: string | undefined;
  readonly listener: string;
}

/** Options of an {@link HttpRoute}. */
export interface HttpRouteProps {
  /** The name of the first object; more are numbered from 2. */
  readonly name: string;
  readonly namespace: string | undefined;
  readonly parent: RouteParent;

  /**
   * @default every host of its listener
   */
  readonly host?: string;
}

/** So many rules does the API take in one HTTPRoute. */
const MOST_RULES = 16;

/**
 * The rules of one host, in as many HTTPRoutes as the API wants for them. What the API server would fill in is written, because
 * GitOps tools compare lists by what is there.
 */
export class HttpRoute {
  private readonly rules: object[] = [];

  constructor(private readonly scope: Construct, private readonly props: HttpRouteProps) {}

  add(rule: object): void {
    if (this.rules.length % MOST_RULES === 0) this.write(this.rules.length);
    this.rules.push(rule);
  }

  private write(first: number): void {
    const { name, namespace, host, parent } = this.props;
    const numbered = first === 0 ? name : `${name}-${first / MOST_RULES + 1}`;
    new ApiObject(this.scope, `HTTPRoute-${numbered}`, {
      apiVersion: `${GATEWAY_GROUP}/v1`,
      kind: 'HTTPRoute',
      metadata: { name: numbered, ...(namespace !== undefined && { namespace }) },
      spec: {
        parentRefs: [{
          group: GATEWAY_GROUP, kind: 'Gateway', name: parent.gateway, sectionName: parent.listener, ...(parent.namespace !== namespace && { namespace: parent.namespace }),
        }],
        ...(host !== undefined && { hostnames: [host] }),
        rules: Lazy.any({ produce: () => this.rules.slice(first, first + MOST_RULES) }),
      },
    });
  }
}

/** A route as a rule, for an HTTPRoute in a namespace. A prefix is whole path elements, as in an Ingress. */
export function ruleOf({ path, pathType, service, port }: SiteRoute, namespace: string | undefined): object {
  return {
    matches: [{ path: { type: pathType === 'Prefix' ? 'PathPrefix' : pathType, value: path } }],
    backendRefs: [{
      group: '', kind: 'Service', name: service.serviceName, ...(service.namespace !== namespace && { namespace: service.namespace }), port: port?.port, weight: 1,
    }],
  };
}
