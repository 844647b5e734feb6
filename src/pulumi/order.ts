/** Many waiting for many: everything in `after` comes when all of `before` is there. By name. */
export interface Order {
  /** What has to be there first. */
  readonly before: readonly string[];
  /** What waits for all of it. */
  readonly after: readonly string[];
  /** Who asked for it, for the message where it cannot be. */
  readonly why: string;
}

/** Each name and what it waits for, those that wait for nothing first; or names that wait for each other in a circle. */
export type Ordered =
  | { readonly waits: ReadonlyMap<string, readonly string[]> }
  | { readonly cycle: readonly string[]; /** The orders that take part. */ readonly why: readonly string[] };

/**
 * Puts names in order, in time and edges linear in what is given. An order of n before m would be n·m edges: instead the last of
 * the n waits for the others, and the m wait for it alone. Edges to names that are not there are dropped.
 */
export function inOrder(direct: ReadonlyMap<string, readonly string[]>, orders: readonly Order[] = []): Ordered {
  const waits = new Map<string, string[]>([...direct].map(([name, others]) => [name, others.filter((other) => other !== name && direct.has(other))]));
  const gates = new Map<string, Order>();
  orders.forEach(({ before, after, why }, index) => {
    const there = before.filter((name) => direct.has(name));
    if (there.length === 0) return;
    // A name of Kubernetes has no NUL, so a gate is never taken for an object.
    const gate = `\0${index}`;
    gates.set(gate, { before: there, after, why });
    waits.set(gate, there);
    for (const name of after) waits.get(name)?.push(gate);
  });

  const sorted = sort(waits);
  if ('cycle' in sorted) {
    return { cycle: sorted.cycle.filter((name) => !gates.has(name)), why: [...new Set(sorted.cycle.flatMap((name) => gates.get(name)?.why ?? []))] };
  }
  const places = new Map(sorted.names.map((name, place) => [name, place]));
  const placeOf = (name: string): number => places.get(name) ?? 0;
  const keepers = new Map<string, string>();
  for (const [gate, { before }] of gates) {
    const keeper = before.reduce((last, name) => (placeOf(name) > placeOf(last) ? name : last));
    keepers.set(gate, keeper);
    // Those before it in the order, so this closes no circle.
    waits.get(keeper)?.push(...before.filter((name) => name !== keeper));
  }
  const objects = sorted.names.filter((name) => !gates.has(name));
  return { waits: new Map(objects.map((name) => [name, [...new Set((waits.get(name) ?? []).map((other) => keepers.get(other) ?? other))]])) };
}

/** Depth first and without recursion, since a chain may be long. */
function sort(waits: ReadonlyMap<string, readonly string[]>): { readonly names: readonly string[] } | { readonly cycle: readonly string[] } {
  const done = new Set<string>();
  const open = new Set<string>();
  for (const root of waits.keys()) {
    if (done.has(root)) continue;
    const stack = [{ name: root, next: 0 }];
    open.add(root);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const other = waits.get(top.name)?.[top.next++];
      if (other === undefined) {
        done.add(top.name);
        open.delete(top.name);
        stack.pop();
      } else if (open.has(other)) {
        const names = stack.map(({ name }) => name);
        return { cycle: names.slice(names.indexOf(other)) };
      } else if (!done.has(other)) {
        open.add(other);
        stack.push({ name: other, next: 0 });
      }
    }
  }
  return { names: [...done] };
}
