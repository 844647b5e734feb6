import * as pulumi from '@pulumi/pulumi';

// The SDKs load their classes when these are first used, which takes seconds on a busy machine.
jest.setTimeout(30_000);

/** What the engine is told of a resource; mocks alone see only its type, name and inputs. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The names, after their last `::`, of what it depends on. */
  readonly dependencies: readonly string[];
  readonly dependencyTypes: readonly string[];
  readonly parent: string;
  readonly provider: string;
  readonly timeouts: { readonly create: string; readonly update: string; readonly delete: string } | undefined;
  readonly aliasTypes: readonly string[];
  readonly ignoreChanges: readonly string[];
  readonly secretOutputs: readonly string[];
  /** Inputs that hold a secret somewhere. */
  readonly secretInputs: readonly string[];
}

/** What a provider would answer; by default, the inputs. */
export type Answer = (type: string, name: string, inputs: Record<string, unknown>) => Record<string, unknown>;

const SECRET = '4dabf18193072939515e22adb298388d';
const SECRET_SIGNATURE = '1b47061264138c4ac30d75fd1eb44270';

/** Runs a program against mocks and returns every registration in order, and what the program returned. */
export async function record<T>(program: () => T | Promise<T>, answer: Answer = (_type, _name, inputs) => inputs): Promise<{ readonly registrations: readonly Registration[]; readonly result: Awaited<T> }> {
  const registrations: Registration[] = [];
  const inputsOf = new Map<string, Record<string, unknown>>();
  await pulumi.runtime.setMocks({
    newResource: ({ type, name, inputs }) => {
      inputsOf.set(`${type} ${name}`, inputs as Record<string, unknown>);
      return { id: `${name}-id`, state: answer(type, name, inputs as Record<string, unknown>) };
    },
    call: ({ inputs }) => inputs as Record<string, unknown>,
  }, 'service-ladder', 'test', false, 'organization');
  const monitor = pulumi.runtime.getMonitor() as unknown as { registerResource: (request: RegisterRequest, done: (error: unknown, response: unknown) => void) => Promise<void> };
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = async (request, done) => {
    await register(request, done);
    registrations.push(read(request, inputsOf.get(`${request.getType()} ${request.getName()}`) ?? {}));
  };
  const result = await program();
  await (pulumi.runtime as unknown as { waitForRPCs(): Promise<void> }).waitForRPCs();
  return { registrations, result };
}

/** The part of pulumi.ResourceMonitor.RegisterResourceRequest that is read here. */
interface RegisterRequest {
  getType(): string;
  getName(): string;
  getCustom(): boolean;
  getParent(): string;
  getProvider(): string;
  getDependenciesList(): string[];
  getCustomtimeouts(): { getCreate(): string; getUpdate(): string; getDelete(): string } | undefined;
  getAliasesList(): { getSpec(): { getType(): string } | undefined }[];
  getIgnorechangesList(): string[];
  getAdditionalsecretoutputsList(): string[];
  getObject(): { toJavaScript(): Record<string, unknown> };
}

function read(request: RegisterRequest, inputs: Record<string, unknown>): Registration {
  const timeouts = request.getCustomtimeouts();
  return {
    type: request.getType(), name: request.getName(), custom: request.getCustom(), inputs,
    dependencies: request.getDependenciesList().map(lastName),
    dependencyTypes: request.getDependenciesList().map(ownType),
    parent: lastName(request.getParent()),
    provider: request.getProvider(),
    timeouts: !timeouts?.getCreate() ? undefined : { create: timeouts.getCreate(), update: timeouts.getUpdate(), delete: timeouts.getDelete() },
    aliasTypes: request.getAliasesList().map((alias) => alias.getSpec()?.getType() ?? ''),
    ignoreChanges: request.getIgnorechangesList(),
    secretOutputs: request.getAdditionalsecretoutputsList(),
    secretInputs: Object.entries(request.getObject().toJavaScript()).filter(([, value]) => isSecret(value)).map(([key]) => key),
  };
}

function isSecret(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (value as Record<string, unknown>)[SECRET] === SECRET_SIGNATURE;
}

function lastName(urn: string): string {
  return urn.slice(urn.lastIndexOf('::') + 2);
}

/** `parent$type` is how a URN writes where a type stands. */
function ownType(urn: string): string {
  return urn.split('::')[2]?.split('$').at(-1) ?? '';
}
