/**
 * Colours, after Okabe and Ito's palette for every kind of colour vision, darkened or lightened until texts have a contrast of 4.5 to 1
 * (WCAG AA). A colour never says anything alone: a shape or a word says it too.
 */
export interface Palette {
  readonly paper: string;
  readonly card: string;
  readonly frame: string;
  /** Borders of cards and frames. */
  readonly rule: string;
  readonly ink: string;
  readonly dim: string;
  readonly edge: string;
  /** The chosen way. */
  readonly way: string;
  readonly ok: string;
  readonly broken: string;
  readonly partial: string;
  readonly unknown: string;
  /** Text on a filled shape of any of these. */
  readonly onFill: string;
  readonly client: string;
  readonly entry: string;
  readonly gateway: string;
  readonly route: string;
  readonly service: string;
  readonly workload: string;
}

export const light: Palette = {
  paper: '#f6f7f9', card: '#ffffff', frame: '#eceff4', rule: '#c6cdd8', ink: '#18212d', dim: '#535e6c', edge: '#8d97a6', way: '#0067a3',
  ok: '#006b4c', broken: '#b33f00', partial: '#7a5200', unknown: '#535e6c', onFill: '#ffffff',
  client: '#3f4b5a', entry: '#1c6a99', gateway: '#8f3a6b', route: '#4b4fa8', service: '#00694b', workload: '#8a4b00',
};

export const dark: Palette = {
  paper: '#0f141b', card: '#1a222d', frame: '#151c26', rule: '#394656', ink: '#e9eef5', dim: '#a9b5c4', edge: '#66758a', way: '#6cc3fb',
  ok: '#4fd3a6', broken: '#ff9d66', partial: '#f1bd54', unknown: '#a9b5c4', onFill: '#0f141b',
  client: '#c3cedb', entry: '#83cdf5', gateway: '#ecabce', route: '#b0b4ff', service: '#5fd6ad', workload: '#f5b56b',
};

export type Colour = keyof Palette;

/** `--paper: #f6f7f9; …`, for a style sheet with variables. */
export function variables(palette: Palette): string {
  return (Object.keys(palette) as Colour[]).map((name) => `--${name}:${palette[name]}`).join(';');
}

const sans = `system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans",Arial,sans-serif`;
const mono = `ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace`;
export const fonts = { sans, mono } as const;

const accents: Readonly<Record<string, Colour>> = {
  client: 'client', balancer: 'entry', node: 'entry', gateway: 'gateway', rule: 'route', service: 'service', workload: 'workload', external: 'client',
};

/** Rules of the picture itself that no colour is in. */
export const shapeStyle = [
  `text{font-family:${sans};font-size:11px}`,
  `.mono{font-family:${mono};font-size:11.5px}`,
  '.caret{opacity:.6}', '.title{font-size:13.5px;font-weight:600}', '.caption{font-size:10.5px}', '.note{font-size:10.5px}', '.port{font-size:10px;paint-order:stroke;stroke-width:3px;stroke-linejoin:round}',
  '.zone{font-size:10.5px;font-weight:600;letter-spacing:.09em}', '.name{font-size:14px;font-weight:600}', '.step,.badge text{font-size:10px;font-weight:700}',
  '.edge,.leg{fill:none;stroke-width:1.4}', '.call{stroke-dasharray:2 4;stroke-linecap:round}', '.cut{stroke-dasharray:6 5}', '.leg{stroke-width:3.2;stroke-linecap:round}', '.leg.gap{stroke-dasharray:7 6}',
  '.icon path,.icon circle,.icon rect{fill:none;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}', '.lock path,.lock rect{fill:none;stroke-width:1.5;stroke-linecap:round}',
  '.chosen .card:not(.on),.chosen .frame-name:not(.on),.chosen .edge,.chosen .pin{opacity:.36}', '.chosen .port:not(.on){opacity:0}',
].join('\n');

/** Rules that colour the picture; `colour` gives a value, or a variable of the page. */
export function colourStyle(colour: (name: Colour) => string): string {
  const kinds = Object.keys(accents).map((kind) => {
    const own = colour(accents[kind] ?? 'client');
    return `.${kind} .icon path,.${kind} .icon circle,.${kind} .icon rect{stroke:${own}}`;
  });
  return [
    `.paper{fill:${colour('paper')}}`, `text{fill:${colour('ink')}}`, `.caption,.note,.zone,.lock text{fill:${colour('dim')}}`,
    `.port{fill:${colour('dim')};stroke:${colour('paper')}}`, `.box,.behind{fill:${colour('card')};stroke:${colour('rule')}}`, `.frame{fill:${colour('frame')}}`,
    `.caret{fill:${colour('dim')}}`, `.split{stroke:${colour('rule')}}`, `.edge{stroke:${colour('edge')}}`, `.head{fill:${colour('edge')}}`, `.pin{fill:${colour('edge')}}`,
    `.leg{stroke:${colour('way')}}`, `.head-way{fill:${colour('way')}}`, `.card.on .box,.closed.on .box{stroke:${colour('way')};stroke-width:2}`, `.card.broken .box,.closed.broken .box{stroke:${colour('broken')};stroke-width:2.5}`,
    `.step rect{fill:${colour('way')}}`, `.step text,.badge text,.breaks text{fill:${colour('onFill')}}`, `.breaks rect{fill:${colour('broken')}}`,
    `.error rect{fill:${colour('broken')}}`, `.warning rect{fill:${colour('partial')}}`, `.note-badge rect{fill:${colour('unknown')}}`, `.badge .sign{stroke:${colour('onFill')}}`,
    `.ready{fill:${colour('workload')}}`, `.not-ready{fill:none;stroke:${colour('workload')}}`, `.lock path,.lock rect{stroke:${colour('dim')}}`, ...kinds,
  ].join('\n');
}
