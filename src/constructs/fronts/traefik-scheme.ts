import { looksLikeHttps, TRAEFIK_SCHEMES } from '../../model/gateway-api';
import type { PortChain } from '../../model/ports';
import { type Complaint, complaint } from '../../model/problem';
import type { Microservice } from '../services/microservice';
import type { Site } from '../site/site';

/** The annotation of a Service that says what Traefik speaks to all its ports. */
const SERVERS_SCHEME = 'traefik.ingress.kubernetes.io/service.serversscheme';

/** What Traefik speaks to the services of its Ingresses: as a port's appProtocol has it, which its provider for Ingresses does not read, unlike that for Gateways. */
export class TraefikSchemes {
  private readonly ports: { readonly site: Site; readonly service: Microservice; readonly port: PortChain }[] = [];

  attach(site: Site, service: Microservice, port: PortChain): void {
    this.ports.push({ site, service, port });
    const wanted = schemeOf(port);
    if (wanted !== byItself(port) && givenTo(service) === undefined) service.service.metadata.addAnnotation(SERVERS_SCHEME, wanted);
  }

  complaints(site: Site): Complaint[] {
    return this.ports.filter((entry) => entry.site === site).flatMap(({ service, port }) => {
      const wanted = schemeOf(port);
      const spoken = this.spokenTo(service) ?? byItself(port);
      return spoken === wanted || (port.appProtocol === undefined && givenTo(service) !== undefined) ? [] : [complaint(
        'BACKEND_APP_PROTOCOL', `service ${service.serviceName}`, port.appProtocol,
        `In an Ingress Traefik speaks one protocol to all ports of a Service: ${spoken} to ${service.serviceName}, whose port ${port.name} wants ${wanted}.`,
        givenTo(service) === undefined ? 'Give the ports that are routed to one appProtocol, or use traefik.gateway alone.' : `Leave the annotation ${SERVERS_SCHEME} out.`,
      )];
    });
  }

  /** By the annotation: the service's own, or that of the first port that needs one. */
  private spokenTo(service: Microservice): string | undefined {
    const needing = this.ports.filter((entry) => entry.service === service && schemeOf(entry.port) !== byItself(entry.port));
    return givenTo(service) ?? needing.map(({ port }) => schemeOf(port)).at(-1);
  }
}

function schemeOf(port: PortChain): string {
  return (port.appProtocol !== undefined && TRAEFIK_SCHEMES[port.appProtocol.toLowerCase()]) || byItself(port);
}

function byItself(port: PortChain): string {
  return looksLikeHttps(port) ? 'https' : 'http';
}

function givenTo({ exposure }: Microservice): string | undefined {
  return exposure.rung.options.annotations?.[SERVERS_SCHEME];
}
