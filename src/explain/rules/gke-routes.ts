import { at, type Fields, integer, text } from '../../manifest/fields';
import type { FieldPath } from '../../manifest/yaml';
import { gkeCannot } from '../../model/gke-gateway';
import type { RouteFeature } from '../../model/http-route';
import type { Draft } from '../findings/draft';
import type { Gateway, Route, RouteRule } from '../world/gateways';

/** GKE003: what a route asks for and Google's load balancers do not follow; once a route for each. */
export function gkeRouteRules(gateway: Gateway, routes: readonly Route[]): Draft[] {
  const cannot = gkeCannot(gateway.className);
  return routes.filter(({ kind }) => kind === 'HTTPRoute').flatMap((route) => {
    const said = new Set<string>();
    return route.rules.flatMap((rule) => asked(route, rule)).flatMap(({ feature, path }): Draft[] => {
      const why = feature === 'path.regex' ? "GKE's load balancers match a path by Exact and PathPrefix only." : cannot[feature];
      if (why === undefined || said.has(feature)) return [];
      said.add(feature);
      return [{ id: 'GKE003', at: route.manifest, path, message: `HTTPRoute ${route.name} is for Gateway ${gateway.name}, of the class ${gateway.className}. ${why}` }];
    });
  });
}

interface Asked {
  readonly feature: RouteFeature | 'path.regex';
  readonly path: FieldPath;
}

function asked(route: Route, { matches, filters, backends, path }: RouteRule): Asked[] {
  const timeouts = at(route.manifest.object, ...path, 'timeouts');
  return [
    ...matches.flatMap((match, index): Asked[] => {
      const here = [...path, 'matches', index];
      return [
        ...where(match.path.type === 'RegularExpression', 'path.regex', [...here, 'path']),
        ...where(match.method !== undefined, 'methods', [...here, 'method']),
        ...where(match.headers.length > 0, 'headers', [...here, 'headers']),
        ...where(match.query.length > 0, 'queryParams', [...here, 'queryParams']),
      ];
    }),
    ...filters.flatMap((filter, index) => askedOf(filter, [...path, 'filters', index])),
    ...where(timeouts !== undefined, 'timeoutSeconds', [...path, 'timeouts']),
    ...where(backends.length > 1, 'weight', [...path, 'backendRefs']),
  ];
}

function askedOf(filter: Fields, here: FieldPath): Asked[] {
  const rewrite = at(filter, 'urlRewrite');
  const redirect = at(filter, 'requestRedirect');
  const status = integer(at(redirect, 'statusCode')) ?? 302;
  return [
    ...where(filter['type'] === 'RequestHeaderModifier', 'requestHeaders', here),
    ...where(filter['type'] === 'ResponseHeaderModifier', 'responseHeaders', here),
    ...where(text(at(rewrite, 'hostname')) !== undefined, 'rewrite.host', [...here, 'urlRewrite', 'hostname']),
    ...where(text(at(rewrite, 'path', 'replaceFullPath')) !== undefined, 'rewrite.path', [...here, 'urlRewrite', 'path']),
    ...where(text(at(rewrite, 'path', 'replacePrefixMatch')) !== undefined, 'rewrite.prefix', [...here, 'urlRewrite', 'path']),
    ...where(integer(at(redirect, 'port')) !== undefined, 'redirect.port', [...here, 'requestRedirect', 'port']),
    ...where(status !== 301 && status !== 302, 'redirect.status', [...here, 'requestRedirect', 'statusCode']),
  ];
}

function where(is: boolean, feature: Asked['feature'], path: FieldPath): Asked[] {
  return is ? [{ feature, path }] : [];
}
