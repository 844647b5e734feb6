import type { CostOptions, NamedCost } from './cost';
import { leftOut } from './left-out';
import { HOURS_PER_MONTH, type Range } from './money';
import { usedSources } from './used-sources';

/** The document of `ladder cost --json` (schemas/cost.schema.json): amounts in the currency, not in hundredths. */
export function costDocument(costs: readonly NamedCost[], options: CostOptions): object {
  const { prices, region, gib = 0 } = options;
  return {
    prices: {
      provider: prices.provider, region, currency: prices.currency, firstRules: prices.firstRules, hoursPerMonth: HOURS_PER_MONTH,
      sources: usedSources(costs.map(({ cost }) => cost), prices, region).map(({ page, read }) => ({ page, read })),
    },
    gib,
    environments: costs.map(({ name, cost }) => ({
      name,
      total: money(cost.total),
      loadBalancers: cost.rows.map(({ loadBalancer: { kind, namespace, name: object, manifest, what, reach, scope, rules, proxies }, month }) => ({
        kind, namespace, name: object, file: manifest.file, line: manifest.line, what, reach, scope, rules, proxies, month: money(month),
      })),
      data: cost.data / 100,
      controllers: cost.capacity.map(({ month, ...capacity }) => ({ ...capacity, month: month === null ? null : month / 100 })),
      unpriced: cost.unpriced,
      together: cost.together === undefined ? null : {
        ...cost.together,
        alternatives: cost.together.alternatives.map(({ month, saves, ...rest }) => ({ ...rest, month: money(month), saves: money(saves) })),
      },
      oneMore: cost.oneMore === undefined ? null : money(cost.oneMore),
      notes: cost.notes,
    })),
    leftOut: leftOut(options),
  };
}

function money({ least, most }: Range): Range {
  return { least: least / 100, most: most / 100 };
}
