import type { Construct } from 'constructs';
import { type Complaint, complaint } from '../../model/problem';
import { Environment } from '../environment';
import type { Exposure } from '../services/exposure';

/** The port of https as clients of a Traefik dial it; unknown where the cluster chooses the node port. */
export function dialledHttpsPort(traefik: Construct, exposure: Exposure): number | undefined {
  if (exposure.rung.type !== 'NodePort') return 443;
  const { nodePort, hostPort } = exposure.nodePorts(['web', 'websecure'])['websecure'] ?? {};
  const onLaptop = Environment.around(traefik)?.platform.type === 'kind' && typeof hostPort === 'number' ? hostPort : undefined;
  return onLaptop ?? nodePort;
}

/** By the port, not the entry point's name: by that Traefik would send clients to the port that its container listens on. */
export function redirectArguments(httpsPort = 443): string[] {
  const redirection = '--entrypoints.web.http.redirections.entrypoint';
  return [`${redirection}.to=:${httpsPort}`, `${redirection}.scheme=https`, `${redirection}.permanent=true`];
}

export function checkRedirectPort(httpsPort: number | undefined): Complaint[] {
  return httpsPort !== undefined ? [] : [complaint(
    'TRAEFIK_REDIRECT', 'redirectToHttps', true, 'A redirect names the port of https, and here the cluster chooses it.', 'Pin it: Exposure.nodePort({ nodePorts: { websecure: { nodePort: 30011, hostPort: 8443 } } }).',
  )];
}

/** The redirect is that of all sites behind an entry point. */
export function checkRedirected(front: string, secure: boolean): Complaint[] {
  return secure ? [] : [complaint(
    'TRAEFIK_REDIRECT', 'front.redirectToHttps', true, `${front} sends every http request to https, where this site has no certificate.`, 'Give the site an issuer or a tlsSecretName.',
  )];
}
