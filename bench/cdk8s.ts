import { App, Chart } from 'cdk8s';
import { addServices } from './app';

// What `cdk8s synth` would run: the same services, written by cdk8s itself. A plain chart, without the rules that an Environment adds.
const app = new App();
addServices(new Chart(app, 'bench', { namespace: 'bench', disableResourceNameHashes: true }));
app.synth();
