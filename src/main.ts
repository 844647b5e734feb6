import { App } from 'cdk8s';
import { environments } from './apps/environments';

// What `cdk8s synth` runs (cdk8s.yaml): the same environments as `ladder synth`, each as a chart of one app.
const app = new App();
for (const { build } of environments) build(app);
app.synth();
