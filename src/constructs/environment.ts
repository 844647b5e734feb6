import { Chart, type ChartProps } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { objectProblems } from '../manifest/rules';
import type { Platform } from '../model/platform';
import { objectsIn } from './objects';
import { failSynth, validate } from './problems';

/** Options of an {@link Environment}. */
export interface EnvironmentProps extends ChartProps {
  /** The cluster that this environment is for: `kind({...})` or `gke({...})`. */
  readonly platform: Platform;
}

const ENVIRONMENT = Symbol.for('service-ladder.environment');

/**
 * All that goes to one cluster, as one cdk8s chart: `cdk8s synth` makes one file of it, `ladder synth` one tree. Constructs
 * inside it know the platform and refuse what it cannot do; rules that need several objects (nodePort clashes, callers) look
 * at one environment at a time.
 */
export class Environment extends Chart {
  /** The cluster that it is for. */
  readonly platform: Platform;

  constructor(scope: Construct, id: string, props: EnvironmentProps) {
    const { platform, ...chartProps } = props;
    super(scope, id, { disableResourceNameHashes: true, ...chartProps });
    this.platform = platform;
    Object.defineProperty(this, ENVIRONMENT, { value: true });
    validate(this, () => platform.complaints);
    failSynth(this, () => {
      const { objects, problems } = objectsIn(this);
      return [...problems, ...objectProblems(this.node.path, objects)];
    });
  }

  /** The environment around a construct; none where constructs are used alone in somebody's own chart. */
  static around(construct: IConstruct): Environment | undefined {
    // Not instanceof: cdk8s makes that true of every chart.
    return construct.node.scopes.reverse().find((scope): scope is Environment => ENVIRONMENT in scope);
  }

  /** Where rules over several objects look: the environment, or the whole app where there is none. */
  static boundaryOf(construct: IConstruct): IConstruct {
    return Environment.around(construct) ?? construct.node.root;
  }
}
