import type { Colors } from 'picocolors/types';
import { printable } from '../explain/output/printable';
import { count } from '../explain/output/words';
import { amountText, rangeText, savingText } from './amounts';
import type { Capacity } from './capacity';
import type { Cost, CostOptions, NamedCost } from './cost';
import { leftOut } from './left-out';
import { nameOf } from './load-balancer';
import { HOURS_PER_MONTH, type Range, exactly, sum } from './money';
import type { PriceList } from './prices';
import { usedSources } from './used-sources';
import { type Together, hasGkeFront } from './together';

/** A report for people: each environment with its rows, then what stands in front instead, then where the prices are from and what is left out. */
export function renderCostText(costs: readonly NamedCost[], options: CostOptions, colors: Colors): string {
  const blocks = costs.flatMap(({ name, cost }) => environmentLines(printable(name), cost, options, colors));
  const some = costs.some(({ cost }) => cost.rows.length > 0);
  return [...blocks, ...some ? [...whyARange(costs, options.prices, colors), ...sourceLines(costs, options, colors), ...leftOutLines(options, colors)] : []]
    .map((line) => `${line.trimEnd()}\n`).join('').replace(/\n+$/, '\n');
}

function environmentLines(name: string, raw: Cost, options: CostOptions, colors: Colors): readonly string[] {
  const { currency } = options.prices;
  const cost = { ...raw, notes: printable(raw.notes), unpriced: printable(raw.unpriced) };
  const head = cost.rows.length > 0
    ? `${count(cost.rows.length, 'load balancer')}, ${rangeText(cost.total)} ${currency} a month${cost.unpriced.length > 0 ? ', and what has no price here' : ''}`
    : cost.unpriced.length > 0 ? 'cannot tell: there is no price for what stands in front' : 'no load balancer that anybody bills';
  return [
    `${colors.bold(name)}: ${head}`,
    ...cost.notes.map((note) => `  ${note}`),
    ...cost.unpriced.map(({ why }) => `  ${colors.yellow('?')} ${why}`),
    ...cost.rows.length === 0 ? [] : ['', ...table([
      ['LOAD BALANCER', 'WHAT IT IS', 'RULES', `${currency}/MONTH`],
      ...cost.rows.map(({ loadBalancer, month }) => [printable(nameOf(loadBalancer)), loadBalancer.what, rulesText(loadBalancer.rules), rangeText(month)]),
      ...cost.data === 0 ? [] : [['data processed', `${options.gib ?? 0} GiB`, '', amountText(cost.data)]],
      ...cost.capacity.map(capacityCells),
      ['total', '', rulesText(sum(cost.rows.map(({ loadBalancer }) => loadBalancer.rules))), rangeText(cost.total)],
    ], colors)],
    ...addsUp(cost) ? [] : ['  Rows are rounded, equal ones alike, so their sum is a little off the total.'],
    ...cost.together === undefined ? [] : ['', ...togetherLines(cost.together, currency, colors)],
    ...cost.oneMore === undefined ? [] : ['', `  One more Service of type LoadBalancer would add ${rangeText(cost.oneMore)} ${currency} a month.`],
    '',
  ];
}

/** Do the rows, as printed, come to the total? */
function addsUp({ rows, data, capacity, total }: Cost): boolean {
  const printed = sum([...rows.map(({ month }) => month), exactly(data), ...capacity.map(({ month }) => exactly(month ?? 0))]);
  return printed.least === total.least && printed.most === total.most;
}

function rulesText(rules: Range): string {
  return rangeText(rules, String);
}

function capacityCells({ controller, pods, cpu, memory, month }: Capacity): readonly string[] {
  return [count(pods, `pod`) + ` of ${controller}`, `request ${number(cpu)} vCPU, ${number(memory)} GiB`, '', month === null ? 'on your nodes' : amountText(month)];
}

function number(value: number): string {
  return String(Number(value.toFixed(3)));
}

function togetherLines(together: Together, currency: string, colors: Colors): readonly string[] {
  const { moves, there, stays, alternatives, withoutPrice } = together;
  const moved = (['external', 'internal'] as const).filter((reach) => moves[reach].length > 0).map((reach) => {
    const front = there.find((one) => one.reach === reach)?.name;
    return `${count(moves[reach].length, `${reach} load balancer`)} ${front === undefined ? `into one ${reach} front` : `into ${printable(front)}, which is there`}`;
  });
  return [
    `  ${colors.bold('The same services behind one front')}: ${moved.join(', ')}`,
    ...stays.map(({ name, why }) => `  ${printable(name)} stays: ${why}.`),
    ...withoutPrice.map((what) => `  No price here for ${what}: its internal front runs on proxies.`),
    ...alternatives.length === 0 ? [] : ['', ...table([
      ['WITH', 'RULES', `${currency}/MONTH`, 'THAN NOW'],
      ...alternatives.map(({ what, rules, month, saves }) => [what, rulesText(rules), rangeText(month), savingText(saves)]),
    ], colors)],
    ...gkeLines(together),
  ];
}

/** What a new front of GKE's is taken to be. */
function gkeLines(together: Together): readonly string[] {
  const parts = [
    ...hasGkeFront(together, 'external') ? ['global rules, which are counted apart'] : [],
    ...hasGkeFront(together, 'internal') ? ['proxies for the internal one'] : [],
  ];
  return parts.length === 0 ? [] : [`  A new one of GKE's: a rule for http and one for https; ${parts.join('; ')}.`];
}

/** Columns as wide as their longest cell; the first line is the head, and a line called total is set off. */
function table(lines: readonly (readonly string[])[], colors: Colors): readonly string[] {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines.map((line, index) => {
    const text = `  ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd();
    if (index === 0) return colors.dim(text);
    return line[0] === 'total' ? colors.bold(text) : text;
  });
}

function whyARange(costs: readonly NamedCost[], { firstRules }: PriceList, colors: Colors): readonly string[] {
  const alternatives = costs.flatMap(({ cost }) => cost.together?.alternatives ?? []);
  const rules = [...costs.flatMap(({ cost }) => cost.rows.map(({ loadBalancer }) => loadBalancer.rules)), ...alternatives.map((one) => one.rules)];
  const reasons = [
    ...firstRules === 'unclear' && [...costs.map(({ cost }) => cost.total), ...alternatives.map(({ month }) => month)].some(ranges) ? [
      'The first rules of a project and region have one price: at the least for all of them together, at the most for each. The',
      'pages can be read both ways; a bill with two rules shows which it is, and firstRules in a list of your own settles it.',
    ] : [],
    ...rules.some(ranges) ? [
      'How many rules there are hangs on the cluster where both IP families are preferred, or TCP and UDP are in one Service; and the page does',
      'not say whether those of internal application load balancers are charged beside their proxies.',
    ] : [],
  ];
  return reasons.length === 0 ? [] : [colors.bold('Why a range'), ...reasons.map((line) => `  ${line}`), ''];
}

function ranges({ least, most }: Range): boolean {
  return least !== most;
}

function sourceLines(costs: readonly NamedCost[], { prices, region }: CostOptions, colors: Colors): readonly string[] {
  return [
    `${colors.bold('Prices')} of ${printable(prices.provider)}, ${printable(region)}, in ${prices.currency}, for a month of ${HOURS_PER_MONTH} hours; read from`,
    ...printable(usedSources(costs.map(({ cost }) => cost), prices, region)).map(({ page, read }) => `  ${page} (${read})`),
    '',
  ];
}

function leftOutLines(options: CostOptions, colors: Colors): readonly string[] {
  return [colors.bold('Left out'), ...leftOut(options).map((line) => `  - ${line}`)];
}
