import { App } from 'cdk8s';
import { environments } from './app';

// What `cdk8s synth` would run: the same environment, written by cdk8s itself.
const app = new App();
for (const { build } of environments) build(app);
app.synth();
