/** What load balancers cost: everything outside this folder comes in here. */
export { type Cost, type CostOptions, type NamedCost, costOf } from './cost';
export { costDocument } from './cost-json';
export { renderCostText } from './cost-text';
export { type PriceList, publishedPriceList, publishedPrices } from './prices';
export { readPrices } from './read-prices';
