import type { Construct, IConstruct } from 'constructs';
import type { NetworkPeer, PolicyPort } from '../../model/network-peer';
import { nearest } from '../../model/names';
import type { Complaint } from '../../model/problem';
import { Environment } from '../environment';

/** A service that others of the environment call by name. */
export interface Callable {
  readonly construct: Construct;
  readonly serviceName: string;
  /** None where the chart names none: `kubectl -n` decides. */
  readonly namespace: string | undefined;
  /** Its pods, or the addresses behind it. */
  readonly peers: readonly NetworkPeer[];
  readonly policyPorts: readonly PolicyPort[];
  /** Whether it has pods, which may call others. */
  readonly canCall: boolean;
}

const DIRECTORY = Symbol.for('service-ladder.directory');
type WithDirectory = IConstruct & { [DIRECTORY]?: Directory };

/** Who is in an environment, and who calls whom: both ends of a call get their policy from the one declaration. */
export class Directory {
  private readonly services = new Map<string, Callable[]>();
  private readonly laptopPorts = new Map<string, Callable[]>();
  private readonly calls = new Map<string, Set<string>>();
  private readonly callers = new Map<string, Set<string>>();

  static of(construct: Construct): Directory {
    const boundary: WithDirectory = Environment.boundaryOf(construct);
    return (boundary[DIRECTORY] ??= new Directory());
  }

  add(service: Callable): void {
    const key = keyOf(service);
    this.services.set(key, [...(this.services.get(key) ?? []), service]);
  }

  /** Takes a port of the laptop that runs kind, e.g. `TCP/8080`. */
  addLaptopPort(service: Callable, port: string): void {
    this.laptopPorts.set(port, [...(this.laptopPorts.get(port) ?? []), service]);
  }

  /** Who else wants a port of the laptop, said by the first of them. */
  othersAt(service: Callable, port: string): Callable[] {
    const sharing = this.laptopPorts.get(port) ?? [];
    return sharing[0] === service ? sharing.slice(1) : [];
  }

  /** Declares that `caller` calls `callee`, both `name` (in the namespace of `near`) or `namespace/name`. */
  addCall(near: Callable, caller: string, callee: string): void {
    const [from, to] = [resolve(near, caller), resolve(near, callee)];
    this.calls.set(from, (this.calls.get(from) ?? new Set<string>()).add(to));
    this.callers.set(to, (this.callers.get(to) ?? new Set<string>()).add(from));
  }

  calledBy(caller: Callable): Callable[] {
    return this.known(this.calls.get(keyOf(caller)));
  }

  callersOf(callee: Callable): Callable[] {
    return this.known(this.callers.get(keyOf(callee)));
  }

  /** What is wrong with a name that `near` calls, or is called by. */
  complain(field: string, near: Callable, name: string, mustCall: boolean): Complaint[] {
    const found = this.services.get(resolve(near, name))?.[0];
    if (found && (found.canCall || !mustCall)) return [];
    if (found) {
      return [{
        code: 'CALLER_HAS_NO_PODS', severity: 'error', field, value: name,
        rule: 'An ExternalName is an alias; nothing calls from there.', fix: 'Name the service that calls, or give its address: { cidr: … }.',
      }];
    }
    const names = [...this.services.values()].flat().map((service) => nameFrom(near, service));
    const meant = nearest(name, name.includes('/') ? this.services.keys() : names);
    return [{
      code: 'SERVICE_UNKNOWN', severity: 'error', field, value: name,
      rule: 'A service named in calls or callers is one of the environment: name, or namespace/name.',
      fix: meant ? `Did you mean ${meant}?` : `Known here: ${names.join(', ')}.`,
    }];
  }

  /** Two Services of one name: the second would overwrite the first when applied. An environment says it of all its objects. */
  complainTwice(service: Callable): Complaint[] {
    const sharing = this.services.get(keyOf(service)) ?? [];
    if (sharing.length < 2 || sharing[0] !== service || Environment.around(service.construct)) return [];
    return [{
      code: 'SERVICE_NAME_TWICE', severity: 'error', field: 'name', value: service.serviceName,
      rule: `A namespace has each Service name once; also at ${sharing.slice(1).map(({ construct }) => construct.node.path).join(', ')}.`,
      fix: 'Rename one, put it into another namespace, or give each cluster an Environment of its own.',
    }];
  }

  private known(keys: Iterable<string> = []): Callable[] {
    return [...keys].flatMap((key) => this.services.get(key)?.slice(0, 1) ?? []);
  }
}

function keyOf({ namespace, serviceName }: Callable): string {
  return `${namespace ?? ''}/${serviceName}`;
}

function resolve(near: Callable, name: string): string {
  return name.includes('/') ? name : `${near.namespace ?? ''}/${name}`;
}

function nameFrom(near: Callable, service: Callable): string {
  return service.namespace === near.namespace ? service.serviceName : keyOf(service);
}
