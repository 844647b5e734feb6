import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { apiGroup } from '../manifest/object';

/** An object by what the API server tells it apart by. */
export interface ObjectIdentity {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

/** What constructs asked for with `node.addDependency(target)`: all objects of `after` wait for all of `before`. */
export interface DeclaredOrder {
  readonly before: readonly ObjectIdentity[];
  readonly after: readonly ObjectIdentity[];
  /** The paths of the constructs that asked. */
  readonly why: string;
}

/** The declared dependencies of a tree, one for each construct that is waited for. */
export function declaredOrders(root: IConstruct): DeclaredOrder[] {
  const waiting = new Map<IConstruct, IConstruct[]>();
  for (const construct of root.node.findAll()) {
    for (const target of construct.node.dependencies) {
      const others = waiting.get(target);
      if (others) others.push(construct);
      else waiting.set(target, [construct]);
    }
  }
  return [...waiting].map(([target, sources]): DeclaredOrder => {
    const before = new Set(apiObjectsIn(target));
    // A scope that waits for a part of itself: the rest of it does.
    const after = new Set(sources.flatMap(apiObjectsIn).filter((object) => !before.has(object)));
    return {
      before: [...before].map(identity), after: [...after].map(identity),
      why: `${sources.map(({ node }) => node.path).join(', ')} on ${target.node.path}`,
    };
  });
}

function apiObjectsIn(construct: IConstruct): ApiObject[] {
  return construct.node.findAll().filter((each): each is ApiObject => ApiObject.isApiObject(each));
}

function identity({ apiVersion, kind, name, metadata }: ApiObject): ObjectIdentity {
  return { group: apiGroup(apiVersion), kind, namespace: metadata.namespace, name };
}
