/** The release of the Gateway API that this project is tested with: the one that its Traefik is built with. */
export const GATEWAY_API_RELEASE = 'v1.6.1';

/** Its CRDs, standard channel; GKE brings its own. */
export const GATEWAY_API_CRDS = `https://github.com/kubernetes-sigs/gateway-api/releases/download/${GATEWAY_API_RELEASE}/standard-install.yaml`;

export const GATEWAY_GROUP = 'gateway.networking.k8s.io';

/** The appProtocols that Traefik knows behind a Gateway, in lower case (pkg/provider/kubernetes/gateway/kubernetes.go). */
export const TRAEFIK_APP_PROTOCOLS: readonly string[] = ['http', 'https', 'kubernetes.io/h2c', 'kubernetes.io/ws', 'kubernetes.io/wss'];
