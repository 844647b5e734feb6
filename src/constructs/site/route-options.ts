import type { HttpMethod, PathType } from '../../model/http-route';

/** Which requests: by host and path, and behind a Gateway by more. */
export interface RouteMatch {
  /**
   * A DNS name, or `*.` and a DNS name: for exactly one label more in an Ingress, for one or more in a Gateway.
   *
   * @default the site's host
   */
  readonly host?: string;

  /**
   * Starts with `/`. A Prefix matches whole path elements: `/cart` matches `/cart/1` and not `/carts`.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * How the path is compared.
   *
   * @default 'Prefix'
   */
  readonly pathType?: PathType;

  /**
   * Behind a Gateway only: one of these methods.
   *
   * @default any
   */
  readonly methods?: readonly HttpMethod[];

  /**
   * Behind a Gateway only: every one of these headers with this very value; at most 16. Names are matched in any case.
   *
   * @default any
   */
  readonly headers?: Readonly<Record<string, string>>;

  /**
   * Behind a Gateway only: every one of these query parameters with this very value; at most 16.
   *
   * @default any
   */
  readonly queryParams?: Readonly<Record<string, string>>;
}

/** Where a site sends what: used by `Exposure.ingress` and `Site.route`. */
export interface RouteOptions extends RouteMatch {
  /**
   * The Service's port, by name or number.
   *
   * @default its first port
   */
  readonly port?: string | number;

  /**
   * Behind a Gateway only: the share of the requests, 0 to 1000000, relative to the other routes that match the same. A canary is two
   * routes that differ in service and weight.
   *
   * @default all of them
   */
  readonly weight?: number;

  /**
   * Behind a Gateway only: what the service is asked for instead.
   *
   * @default what the client asked for
   */
  readonly rewrite?: Rewrite;

  /**
   * Behind a Gateway only: headers that the service sees.
   *
   * @default as the client sent them
   */
  readonly requestHeaders?: HeaderChanges;

  /**
   * Behind a Gateway only: headers that the client sees.
   *
   * @default as the service sent them
   */
  readonly responseHeaders?: HeaderChanges;

  /**
   * Behind a Gateway only: whole seconds for the whole request, 1 to 99999; then the client gets 504.
   *
   * @default the implementation's own
   */
  readonly timeoutSeconds?: number;
}

/** A path for another: `path` for all of it, or `prefix` for the part that the route's Prefix matched. */
export interface Rewrite {
  /**
   * Another host, a DNS name.
   *
   * @default unchanged
   */
  readonly host?: string;

  /**
   * All of the path. Not with `prefix`.
   *
   * @default unchanged
   */
  readonly path?: string;

  /**
   * The matched part of a Prefix: with `path: '/shop'` of the route and `prefix: '/'` here, `/shop/cart` becomes `/cart`. Not with `path`.
   *
   * @default unchanged
   */
  readonly prefix?: string;
}

/** Headers to set (in place of what is there), to add, and to take away; at most 16 of each. */
export interface HeaderChanges {
  /**
   * Headers with a value in place of whatever they had.
   *
   * @default none
   */
  readonly set?: Readonly<Record<string, string>>;

  /**
   * Headers with a value beside what they had.
   *
   * @default none
   */
  readonly add?: Readonly<Record<string, string>>;

  /**
   * Names of headers that are taken away.
   *
   * @default none
   */
  readonly remove?: readonly string[];
}

/** Where a redirect sends a client: used by `Site.redirect`, behind a Gateway. What is left out stays as it was asked. */
export interface RedirectTo extends Rewrite {
  /**
   * Whether the client shall ask by http or https.
   *
   * @default as it was asked
   */
  readonly scheme?: 'http' | 'https';

  /**
   * 1-65535.
   *
   * @default the scheme's own, or the listener's where no scheme is given
   */
  readonly port?: number;

  /**
   * 301 and 308 may be remembered by clients, 302, 303 and 307 are for now.
   *
   * @default 302
   */
  readonly status?: 301 | 302 | 303 | 307 | 308;
}
