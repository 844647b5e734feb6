import { Agent, request } from 'node:https';
import { type KubeObject } from '../../../src/manifest/object';
import { type Access, readAccess } from './kubeconfig';

/** What the API server says of a request. */
export interface Reply {
  readonly status: number;
  readonly body: Body;
}

/** An object, a list, or the Status that an API server refuses with. */
export interface Body extends Record<string, unknown> {
  readonly items?: readonly LiveObject[];
  readonly message?: string;
  readonly reason?: string;
  readonly details?: { readonly causes?: readonly Cause[] };
}

/** Why an object is refused: at which field, and what is wrong with it. */
export interface Cause {
  readonly field?: string;
  readonly reason?: string;
  readonly message?: string;
}

/** An object as it is in the cluster. */
export interface LiveObject extends KubeObject {
  readonly metadata: KubeObject['metadata'] & { readonly uid?: string; readonly generation?: number; readonly deletionTimestamp?: string };
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** The API server, spoken to directly: thousands of dry runs are too many for a process each. */
export class Api {
  private readonly agent: Agent;
  private readonly resources = new Map<string, Promise<readonly Resource[]>>();

  constructor(private readonly access: Access = readAccess(process.env.KUBECONFIG ?? '')) {
    this.agent = new Agent({ keepAlive: true, maxSockets: 16, ca: access.ca, cert: access.cert, key: access.key });
  }

  /** Would the server create it? Nothing is kept. Fields it does not know count as mistakes. */
  async dryRun(object: KubeObject): Promise<Reply> {
    return this.send('POST', `${await this.pathOf(object)}?dryRun=All&fieldValidation=Strict`, object);
  }

  async create(object: KubeObject): Promise<Reply> {
    return this.send('POST', await this.pathOf(object), object);
  }

  /** Server-side apply, as the owner of every field it names. */
  async apply(object: KubeObject): Promise<void> {
    const path = `${await this.pathOf(object)}/${object.metadata.name}?fieldManager=e2e&force=true`;
    const reply = await this.send('PATCH', path, object, 'application/apply-patch+yaml');
    if (reply.status >= 300) throw new Error(`${object.kind} ${object.metadata.name}: ${reply.body.message ?? reply.status}`);
  }

  async patch(object: Pick<KubeObject, 'apiVersion' | 'kind'> & { readonly metadata: { readonly name: string; readonly namespace?: string } }, change: object): Promise<void> {
    const reply = await this.send('PATCH', `${await this.pathOf(object)}/${object.metadata.name}`, change, 'application/merge-patch+json');
    if (reply.status >= 300) throw new Error(`${object.kind} ${object.metadata.name}: ${reply.body.message ?? reply.status}`);
  }

  async list(apiVersion: string, kind: string, namespace?: string, labelSelector?: string): Promise<readonly LiveObject[]> {
    const query = labelSelector === undefined ? '' : `?labelSelector=${encodeURIComponent(labelSelector)}`;
    const reply = await this.send('GET', `${await this.pathOf({ apiVersion, kind, metadata: { ...(namespace !== undefined && { namespace }) } })}${query}`);
    // A list leaves out what its items are.
    return (reply.body.items ?? []).map((item) => ({ ...item, apiVersion, kind }));
  }

  async remove(object: Pick<KubeObject, 'apiVersion' | 'kind' | 'metadata'>): Promise<void> {
    await this.send('DELETE', `${await this.pathOf(object)}/${object.metadata.name}`);
  }

  /** Asks the eviction API, which respects disruption budgets. 429 is "not now". */
  async evict({ metadata }: LiveObject): Promise<number> {
    const { name, namespace } = metadata;
    const reply = await this.send('POST', `/api/v1/namespaces/${namespace}/pods/${name}/eviction`, { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } });
    return reply.status;
  }

  close(): void {
    this.agent.destroy();
  }

  private async pathOf({ apiVersion, kind, metadata }: { readonly apiVersion: string; readonly kind: string; readonly metadata: { readonly namespace?: string } }): Promise<string> {
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    if (!this.resources.has(root)) this.resources.set(root, this.send('GET', root).then(({ body }) => (body.resources ?? []) as readonly Resource[]));
    const resource = (await this.resources.get(root))?.find((candidate) => candidate.kind === kind && !candidate.name.includes('/'));
    if (!resource) throw new Error(`The cluster has no ${kind} of ${apiVersion}.`);
    const inNamespace = resource.namespaced && metadata.namespace !== undefined ? `/namespaces/${metadata.namespace}` : '';
    return `${root}${inNamespace}/${resource.name}`;
  }

  private send(method: string, path: string, body?: unknown, contentType = 'application/json'): Promise<Reply> {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const message = request(new URL(path, this.access.server), {
        method, agent: this.agent, headers: { accept: 'application/json', ...(payload !== undefined && { 'content-type': contentType, 'content-length': Buffer.byteLength(payload) }) },
      }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          try {
            resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as Body });
          } catch {
            resolve({ status: response.statusCode ?? 0, body: { message: text } });
          }
        });
      });
      // The server may close a connection that lay idle just as it is used again.
      message.on('error', (error: NodeJS.ErrnoException) => (message.reusedSocket && error.code === 'ECONNRESET' ? resolve(this.send(method, path, body, contentType)) : reject(error)));
      message.end(payload);
    });
  }
}
