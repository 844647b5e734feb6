import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { isIP } from 'node:net';
import type { NetworkPeer, PolicyPort } from '../../model/network-peer';
import { checkServiceName, isSubdomain } from '../../model/names';
import { checkPortNumber, checkProtocol, type Protocol } from '../../model/ports';
import type { Complaint } from '../../model/problem';
import { type Callable, Directory } from './directory';
import { mark } from '../mark';
import { namespaceOf } from '../namespace';
import { checkOutsidePeer } from './network-policy';
import { refuseOutputs } from '../outputs';
import { validate } from '../problems';

/** Options of an {@link ExternalService}. */
export interface ExternalServiceProps {
  /** The DNS name that the alias stands for, e.g. `db.example.com`. No address: DNS would take it for a name. */
  readonly externalName: string;

  /**
   * The port that the other side listens on. An alias maps no ports, so callers dial it too.
   */
  readonly port: number;

  /**
   * The transport of its port.
   *
   * @default 'TCP'
   */
  readonly protocol?: Protocol;

  /**
   * Set it to what the other side speaks. An HTTP or TLS client sends the alias as Host and server name, which the other side does
   * not know: a warning says so.
   *
   * @default 'other', e.g. a database's own protocol
   */
  readonly speaks?: 'http' | 'tls' | 'other';

  /**
   * The addresses behind the name, for the egress policies of its callers, which cannot say names.
   *
   * @default every address, on this port
   */
  readonly cidrs?: readonly string[];

  /**
   * The Service's name, an RFC 1035 label.
   *
   * @default the construct's id
   */
  readonly name?: string;
}

/**
 * A name of the cluster's own for something outside: a Service of type ExternalName, which is a CNAME and nothing more.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#externalname
 */
export class ExternalService extends Construct implements Callable {
  /** Itself, as what is called. */
  readonly construct = this;
  /** The name that callers use. */
  readonly serviceName: string;
  readonly namespace: string | undefined;
  readonly canCall = false;
  /** The DNS name outside. */
  readonly externalName: string;
  /** The object itself, for what this construct has no option for (`addJsonPatch`). */
  readonly service: ApiObject;

  constructor(scope: Construct, id: string, private readonly props: ExternalServiceProps) {
    super(scope, id);
    refuseOutputs(this, props);
    mark(this, 'external-service');
    this.serviceName = props.name ?? id;
    this.namespace = namespaceOf(this);
    this.externalName = props.externalName;
    const directory = Directory.of(this);
    directory.add(this);
    validate(this, () => [...directory.complainTwice(this), ...this.complaints()]);

    const protocol = props.protocol ?? 'TCP';
    this.service = new ApiObject(this, 'Service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: this.serviceName,
        ...(this.namespace !== undefined && { namespace: this.namespace }),
        labels: { 'app.kubernetes.io/name': this.serviceName },
      },
      // The port documents what to dial; DNS does not carry it.
      spec: { type: 'ExternalName', externalName: props.externalName, ports: [{ name: 'external', protocol, port: props.port }] },
    });
  }

  get peers(): readonly NetworkPeer[] {
    return (this.props.cidrs ?? []).map((cidr) => ({ ipBlock: { cidr } }));
  }

  /** Its port as policies have it. */
  get policyPorts(): readonly PolicyPort[] {
    return [{ protocol: this.props.protocol ?? 'TCP', port: this.props.port }];
  }

  private complaints(): Complaint[] {
    const { externalName, port, protocol, speaks } = this.props;
    const found = [...checkServiceName('name', this.serviceName), ...checkPortNumber('port', port), ...checkProtocol('protocol', protocol)];
    for (const cidr of this.props.cidrs ?? []) found.push(...checkOutsidePeer('cidrs', { cidr }));
    const name = externalName.replace(/\.$/, '');
    if (isIP(externalName) !== 0) {
      found.push({
        code: 'EXTERNAL_NAME_ADDRESS', severity: 'error', field: 'externalName', value: externalName,
        rule: 'An externalName is a DNS name; DNS servers do not resolve an address as one.', fix: 'Give its DNS name, or use a Service without selector and an EndpointSlice for an address.',
      });
    } else if (!isSubdomain(name)) {
      found.push({
        code: 'EXTERNAL_NAME', severity: 'error', field: 'externalName', value: externalName,
        rule: 'An externalName is a DNS name in lower case, without scheme, port or path.', fix: 'Write e.g. db.example.com.',
      });
    } else if (!name.includes('.')) {
      found.push({
        code: 'EXTERNAL_NAME_SHORT', severity: 'warning', field: 'externalName', value: externalName,
        rule: 'A name of one label is not looked up in the search domains of the calling Pod.', fix: 'Write the whole name, e.g. db.example.com.',
      });
    }
    if (speaks === 'http' || speaks === 'tls') {
      found.push({
        code: 'EXTERNAL_NAME_HOST', severity: 'warning', field: 'speaks', value: speaks,
        rule: `Callers of ${this.serviceName} send that name as ${speaks === 'http' ? 'Host header' : 'TLS server name'}, which ${externalName} does not know.`,
        fix: `Let callers dial ${externalName} itself, or set the ${speaks === 'http' ? 'Host header' : 'server name'} in the client.`,
      });
    }
    return found;
  }
}
