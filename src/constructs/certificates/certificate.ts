import { ApiObject, type Duration, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { certificateComplaints } from './certificate-rules';
import type { CertificateIssuer } from './issuer';
import { setLayer } from '../layers';
import { namespaceOf } from '../namespace';
import { refuseOutputs } from '../outputs';
import { validate } from '../problems';

/** How a certificate is made and renewed. */
export interface CertificateOptions {
  /**
   * How long it is asked to be good for; at least an hour. Let's Encrypt decides by itself.
   *
   * @default 90 days, cert-manager's own
   */
  readonly duration?: Duration;

  /**
   * How long before its end it is renewed; at least five minutes, and less than the duration.
   *
   * @default a third of the duration, cert-manager's own
   */
  readonly renewBefore?: Duration;

  /**
   * Its private key, which cert-manager makes.
   *
   * @default ECDSA of 256 bits, a new key with each renewal
   */
  readonly privateKey?: CertificateKey;
}

/** The key that cert-manager makes; Ed25519 is left out because browsers do not take it. */
export interface CertificateKey {
  /**
   * What every browser takes; ECDSA is smaller and faster.
   *
   * @default 'ECDSA'
   */
  readonly algorithm?: 'ECDSA' | 'RSA';

  /**
   * Bits: 256, 384 or 521 of ECDSA, 2048 to 8192 of RSA.
   *
   * @default 256, or 2048
   */
  readonly size?: number;

  /**
   * Whether each renewal makes a new key. `Never` is for clients that pin the key.
   *
   * @default 'Always'
   */
  readonly rotationPolicy?: 'Always' | 'Never';
}

/** Options of a {@link Certificate}. */
export interface CertificateProps extends CertificateOptions {
  /** Who signs it. */
  readonly issuer: CertificateIssuer;

  /** DNS names; wildcards need an issuer that proves by DNS-01. */
  readonly dnsNames: readonly string[];

  /**
   * The Secret that cert-manager writes the certificate and its key to.
   *
   * @default the construct's id with `-tls`
   */
  readonly secretName?: string;

  /**
   * The object's name, a DNS name.
   *
   * @default the construct's id
   */
  readonly name?: string;
}

/**
 * A certificate that cert-manager gets and renews. A site that names an `issuer` has one already.
 *
 * @see https://cert-manager.io/docs/usage/certificate/
 */
export class Certificate extends Construct {
  /** The Secret that it is written to. */
  readonly secretName: string;

  constructor(scope: Construct, id: string, props: CertificateProps) {
    super(scope, id);
    refuseOutputs(this, props);
    this.secretName = props.secretName ?? `${id}-tls`;
    setLayer(this, 'routes');
    const { issuer, dnsNames } = props;
    validate(this, () => certificateComplaints({ issuer, hosts: dnsNames, namespace: namespaceOf(this), secretName: this.secretName, options: props, scope: this }));
    writeCertificate(this, { ...props, name: props.name ?? id, secretName: this.secretName, hosts: () => dnsNames });
  }
}

/** What {@link writeCertificate} needs: the names as they are at the end. */
export interface CertificateParts extends CertificateOptions {
  readonly issuer: CertificateIssuer;
  readonly name: string;
  readonly secretName: string;
  readonly hosts: () => readonly string[];

  /**
   * Whether a certificate that nobody trusts is in the Secret until the real one is: for a front that serves nothing without it.
   *
   * @default false
   */
  readonly temporary?: boolean;
}

/** The object of a certificate. What cert-manager's versions fill in differently is written. */
export function writeCertificate(scope: Construct, { issuer, name, secretName, hosts, duration, renewBefore, privateKey = {}, temporary = false }: CertificateParts): void {
  const namespace = namespaceOf(scope);
  const { algorithm = 'ECDSA', size = algorithm === 'ECDSA' ? 256 : 2048, rotationPolicy = 'Always' } = privateKey;
  new ApiObject(scope, 'Certificate', {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: {
      name, ...(namespace !== undefined && { namespace }),
      ...(temporary && { annotations: { 'cert-manager.io/issue-temporary-certificate': 'true' } }),
    },
    spec: {
      secretName,
      dnsNames: Lazy.any({ produce: () => [...hosts()] }),
      issuerRef: { group: 'cert-manager.io', kind: issuer.kind, name: issuer.issuerName },
      ...(duration && { duration: hours(duration) }),
      ...(renewBefore && { renewBefore: hours(renewBefore) }),
      privateKey: { algorithm, encoding: 'PKCS8', size, rotationPolicy },
      // Some systems refuse a server's certificate that does not say it is one.
      usages: ['digital signature', 'key encipherment', 'server auth'],
    },
  });
}

/** As the API server gives it back, so that nothing sees a difference: `2160h0m0s`. */
function hours(duration: Duration): string {
  const seconds = duration.toSeconds();
  return `${Math.floor(seconds / 3600)}h${Math.floor(seconds / 60) % 60}m${seconds % 60}s`;
}
