import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type AcmeOptions, acmeSpec } from './acme';
import { issuerComplaints } from './issuer-rules';
import { setLayer } from '../layers';
import { namespaceOf, withoutNamespace } from '../namespace';
import { refuseOutputs } from '../outputs';
import { validate } from '../problems';

/** Who signs: an ACME server such as Let's Encrypt, an authority of one's own, or each certificate itself. */
export type IssuerSource =
  | { readonly acme: AcmeOptions }
  /** A `kubernetes.io/tls` Secret with the authority's certificate and key. */
  | { readonly ca: { readonly secretName: string } }
  /** For the first certificate of an authority of one's own. Nobody trusts such a certificate by itself. */
  | { readonly selfSigned: true };

/** Options of an {@link Issuer} and a {@link ClusterIssuer}. */
export type IssuerProps = IssuerSource & {
  /**
   * The object's name, a DNS name.
   *
   * @default the construct's id
   */
  readonly name?: string;
};

/** An issuer as certificates see it, whether it is made here or not. */
export interface CertificateIssuer {
  /** Whether it is for its own namespace or for the whole cluster. */
  readonly kind: 'Issuer' | 'ClusterIssuer';
  /** The object's name. */
  readonly issuerName: string;

  /**
   * The namespace of an Issuer.
   *
   * @default that of the certificate, or none of a ClusterIssuer
   */
  readonly namespace?: string | undefined;

  /**
   * What it is.
   *
   * @default unknown: it is made elsewhere, and rules that ask for it are silent
   */
  readonly source?: IssuerSource;
}

abstract class AnyIssuer extends Construct implements CertificateIssuer {
  abstract readonly kind: 'Issuer' | 'ClusterIssuer';
  readonly issuerName: string;
  readonly source: IssuerSource;

  constructor(scope: Construct, id: string, props: IssuerProps) {
    super(scope, id);
    refuseOutputs(this, props);
    this.issuerName = props.name ?? id;
    this.source = props;
    setLayer(this, 'controllers');
    validate(this, () => issuerComplaints(this.issuerName, props));
  }

  protected write(kind: string, namespace: string | undefined): ApiObject {
    return new ApiObject(this, kind, {
      apiVersion: 'cert-manager.io/v1', kind, metadata: { name: this.issuerName, ...(namespace !== undefined && { namespace }) }, spec: specOf(this.issuerName, this.source),
    });
  }
}

/**
 * cert-manager's issuer for one namespace. cert-manager itself has to be there.
 *
 * @see https://cert-manager.io/docs/configuration/
 */
export class Issuer extends AnyIssuer {
  /** One that is made elsewhere. */
  static named(issuerName: string): CertificateIssuer {
    return { kind: 'Issuer', issuerName };
  }

  readonly kind = 'Issuer';
  /** The namespace that it is written with; none leaves it to `kubectl -n`. */
  readonly namespace: string | undefined;

  constructor(scope: Construct, id: string, props: IssuerProps) {
    super(scope, id, props);
    this.namespace = namespaceOf(this);
    this.write('Issuer', this.namespace);
  }
}

/** cert-manager's issuer for the whole cluster. The Secrets that it names are in cert-manager's own namespace. */
export class ClusterIssuer extends AnyIssuer {
  /** One that is made elsewhere, as where a platform team has one for all. */
  static named(issuerName: string): CertificateIssuer {
    return { kind: 'ClusterIssuer', issuerName };
  }

  readonly kind = 'ClusterIssuer';

  constructor(scope: Construct, id: string, props: IssuerProps) {
    super(scope, id, props);
    withoutNamespace(this.write('ClusterIssuer', undefined));
  }
}

function specOf(issuerName: string, source: IssuerSource): Record<string, unknown> {
  if ('acme' in source) return { acme: acmeSpec(issuerName, source.acme) };
  return 'ca' in source ? { ca: source.ca } : { selfSigned: {} };
}
