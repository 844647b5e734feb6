/** The release of the Gateway API that this project is tested with: the one that its Traefik is built with. */
export const GATEWAY_API_RELEASE = 'v1.6.1';

/** Its CRDs, standard channel; GKE brings its own. */
export const GATEWAY_API_CRDS = `https://github.com/kubernetes-sigs/gateway-api/releases/download/${GATEWAY_API_RELEASE}/standard-install.yaml`;

export const GATEWAY_GROUP = 'gateway.networking.k8s.io';

/** What Traefik speaks to a port by its appProtocol, in lower case (pkg/provider/kubernetes/gateway/httproute.go, getHTTPServiceProtocol). */
export const TRAEFIK_SCHEMES: Readonly<Record<string, 'http' | 'https' | 'h2c'>> = {
  http: 'http', https: 'https', 'kubernetes.io/h2c': 'h2c', 'kubernetes.io/ws': 'http', 'kubernetes.io/wss': 'https',
};

/** The appProtocols that Traefik knows. */
export const TRAEFIK_APP_PROTOCOLS: readonly string[] = Object.keys(TRAEFIK_SCHEMES);

/** Whether Traefik speaks https to a port that names no appProtocol. */
export function looksLikeHttps({ port, name }: { readonly port: number; readonly name: string }): boolean {
  return port === 443 || name.startsWith('https');
}
