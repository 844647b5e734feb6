import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { checkLabelName } from '../model/names';
import { refuseOutputs } from './outputs';
import { validate } from './problems';

/** Pod Security Standards, from the strictest. @see https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export type PodSecurityLevel = 'restricted' | 'baseline' | 'privileged';

/** Options of an {@link AppNamespace}. */
export interface AppNamespaceProps {
  /**
   * The namespace's name.
   *
   * @default the construct's id
   */
  readonly name?: string;

  /**
   * What the API server refuses in this namespace.
   *
   * @default 'restricted'
   */
  readonly podSecurity?: PodSecurityLevel;

  /**
   * Whether pods that no policy speaks of can neither call nor be called.
   *
   * @default true
   */
  readonly defaultDeny?: boolean;

  /**
   * More labels of the namespace.
   *
   * @default none
   */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A namespace that enforces Pod Security and denies by default; constructs inside it live in it. */
export class AppNamespace extends Construct {
  /** The namespace's name. */
  readonly namespaceName: string;
  /** What the API server refuses in it. */
  readonly podSecurity: PodSecurityLevel;

  constructor(scope: Construct, id: string, props: AppNamespaceProps = {}) {
    super(scope, id);
    refuseOutputs(this, props);
    this.namespaceName = props.name ?? id;
    this.podSecurity = props.podSecurity ?? 'restricted';
    validate(this, () => checkLabelName('name', this.namespaceName));

    withoutNamespace(new ApiObject(this, 'Namespace', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: this.namespaceName,
        labels: {
          'pod-security.kubernetes.io/enforce': this.podSecurity,
          'pod-security.kubernetes.io/warn': this.podSecurity,
          ...props.labels,
        },
      },
    }));
    if (props.defaultDeny ?? true) {
      new ApiObject(this, 'DefaultDeny', {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'default-deny', namespace: this.namespaceName },
        spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
      });
    }
  }

  /** The namespace construct around this one, if any. */
  static around(construct: IConstruct): AppNamespace | undefined {
    return construct.node.scopes.reverse().find((scope): scope is AppNamespace => scope instanceof AppNamespace);
  }
}

/** For an object that belongs to no namespace: cdk8s gives every object its chart's. */
export function withoutNamespace(object: ApiObject): void {
  if (object.metadata.namespace !== undefined) object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
}

/** The namespace that objects here are written with; none leaves it to `kubectl -n`. */
export function namespaceOf(construct: Construct): string | undefined {
  return AppNamespace.around(construct)?.namespaceName ?? Chart.of(construct).namespace;
}
