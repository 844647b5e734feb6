import { ApiObject, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { GATEWAY_GROUP } from '../../model/gateway-api';
import type { HeaderChanges, Rewrite } from './route-options';
import { matchKey, type SiteMatch, type SiteRedirect, type SiteRoute } from './site-routes';

/** The API takes 16 rules and 128 matches in one HTTPRoute; a rule here has at most nine, one a method. */
const MOST_RULES = 14;

/** Where an HTTPRoute is written, and the listener that it is attached to. */
export interface HttpRouteProps {
  /** Of the first construct in its scope. */
  readonly id: string;
  /** The name of the first object; more are numbered from 2. */
  readonly name: string;
  readonly namespace: string | undefined;
  readonly parent: { readonly gateway: string; readonly namespace: string | undefined; readonly listener: string };

  /**
   * @default every host of its listener
   */
  readonly host?: string;
}

interface Rule {
  readonly matches: readonly object[];
  readonly filters?: readonly object[];
  readonly backendRefs?: readonly object[];
  readonly timeouts?: object;
}

/**
 * The rules of one host, in as many HTTPRoutes as the API wants for them. What the API server would fill in is written, because
 * GitOps tools compare lists by what is there.
 */
export class HttpRoute {
  private readonly rules: { readonly rule: Rule; readonly routes: readonly (SiteRoute | SiteRedirect)[] }[] = [];
  /** By what is matched. */
  private readonly backends = new Map<string, { readonly refs: object[]; readonly routes: SiteRoute[] }>();

  constructor(private readonly scope: Construct, private readonly props: HttpRouteProps) {}

  /** Routes that match the same share its requests by weight. */
  send(route: SiteRoute): void {
    const backend = backendOf(route, this.props.namespace);
    const known = this.backends.get(matchKey(route));
    if (known) {
      known.refs.push(backend);
      known.routes.push(route);
      return;
    }
    const [refs, routes] = [[backend], [route]];
    this.backends.set(matchKey(route), { refs, routes });
    this.write({ ...ruleOf(route, filtersOf(route)), backendRefs: refs, ...timeoutOf(route) }, routes, route.rewrite);
  }

  /** In place of what matched the same before. */
  sendAll(route: SiteRoute): void {
    const known = this.backends.get(matchKey(route));
    known?.refs.splice(0);
    known?.routes.splice(0);
    this.send(route);
  }

  redirect(redirect: SiteRedirect): void {
    this.write(ruleOf(redirect, [redirectFilter(redirect)]), [redirect], redirect.to);
  }

  /** Each rule's routes, and how many rules its HTTPRoute has from its own on. */
  get written(): readonly { readonly routes: readonly (SiteRoute | SiteRedirect)[]; readonly rulesLeft: number }[] {
    const { rules } = this;
    return rules.map(({ routes }, index) => ({ routes, rulesLeft: Math.min(rules.length, index - (index % MOST_RULES) + MOST_RULES) - index }));
  }

  private write(rule: Rule, routes: readonly (SiteRoute | SiteRedirect)[], { prefix }: Rewrite = {}): void {
    // The API wants one match for a prefix that is replaced.
    for (const each of prefix === undefined ? [rule] : rule.matches.map((match) => ({ ...rule, matches: [match] }))) {
      if (this.rules.length % MOST_RULES === 0) this.writeFrom(this.rules.length);
      this.rules.push({ rule: each, routes });
    }
  }

  private writeFrom(first: number): void {
    const { id, name, host, ...place } = this.props;
    const number = first / MOST_RULES + 1;
    writeHttpRoute(this.scope, {
      // No host has a space: the id is no other host's.
      ...place, id: number === 1 ? id : `${id} ${number}`, name: number === 1 ? name : `${name}-${number}`, ...(host !== undefined && { hostnames: [host] }),
      rules: Lazy.any({ produce: () => this.rules.slice(first, first + MOST_RULES).map(({ rule }) => rule) }),
    });
  }
}

interface HttpRouteParts extends Omit<HttpRouteProps, 'host'> {
  readonly hostnames?: unknown;
  readonly rules: unknown;
}

/** One HTTPRoute. @see https://gateway-api.sigs.k8s.io/api-types/httproute/ */
export function writeHttpRoute(scope: Construct, { id, name, namespace, parent, hostnames, rules }: HttpRouteParts): void {
  new ApiObject(scope, id, {
    apiVersion: `${GATEWAY_GROUP}/v1`,
    kind: 'HTTPRoute',
    metadata: { name, ...(namespace !== undefined && { namespace }) },
    spec: {
      parentRefs: [{
        group: GATEWAY_GROUP, kind: 'Gateway', name: parent.gateway, sectionName: parent.listener,
        ...(parent.namespace !== undefined && parent.namespace !== namespace && { namespace: parent.namespace }),
      }],
      ...(hostnames !== undefined && { hostnames }),
      rules,
    },
  });
}

function ruleOf(match: SiteMatch, filters: readonly object[]): Rule {
  const { path, pathType, headers, queryParams, methods = [undefined] } = match;
  return {
    matches: methods.map((method) => ({
      // A prefix is whole path elements, as in an Ingress.
      path: { type: pathType === 'Prefix' ? 'PathPrefix' : pathType, value: path },
      ...(method !== undefined && { method }),
      ...(headers && { headers: Object.entries(headers).map(([name, value]) => ({ type: 'Exact', name, value })) }),
      ...(queryParams && { queryParams: Object.entries(queryParams).map(([name, value]) => ({ type: 'Exact', name, value })) }),
    })),
    ...(filters.length > 0 && { filters }),
  };
}

function backendOf({ service, port, weight = 1 }: SiteRoute, namespace: string | undefined): object {
  return {
    group: '', kind: 'Service', name: service.serviceName, ...(service.namespace !== namespace && { namespace: service.namespace }), port: port?.port, weight,
  };
}

/** What is done to a route's requests and answers on their way. */
export function filtersOf({ requestHeaders, responseHeaders, rewrite }: Pick<SiteRoute, 'requestHeaders' | 'responseHeaders' | 'rewrite'>): object[] {
  return [
    ...(requestHeaders ? [{ type: 'RequestHeaderModifier', requestHeaderModifier: headerChanges(requestHeaders) }] : []),
    ...(responseHeaders ? [{ type: 'ResponseHeaderModifier', responseHeaderModifier: headerChanges(responseHeaders) }] : []),
    ...(rewrite ? [{ type: 'URLRewrite', urlRewrite: rewritten(rewrite) }] : []),
  ];
}

function redirectFilter({ to: { scheme, port, status = 302, ...rewrite } }: SiteRedirect): object {
  return {
    type: 'RequestRedirect',
    requestRedirect: { ...(scheme !== undefined && { scheme }), ...rewritten(rewrite), ...(port !== undefined && { port }), statusCode: status },
  };
}

function rewritten({ host, path, prefix }: Rewrite): object {
  return {
    ...(host !== undefined && { hostname: host }),
    ...(path !== undefined && { path: { type: 'ReplaceFullPath', replaceFullPath: path } }),
    ...(prefix !== undefined && { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: prefix } }),
  };
}

function headerChanges({ set, add, remove }: HeaderChanges): object {
  const list = (headers: Readonly<Record<string, string>>): object[] => Object.entries(headers).map(([name, value]) => ({ name, value }));
  return { ...(set && { set: list(set) }), ...(add && { add: list(add) }), ...(remove && { remove }) };
}

function timeoutOf({ timeoutSeconds }: SiteRoute): Pick<Rule, 'timeouts'> {
  return timeoutSeconds === undefined ? {} : { timeouts: { request: `${timeoutSeconds}s` } };
}
