import { type Colour, type Palette, colourStyle, dark, fonts, light, shapeStyle, variables } from './theme';

/** The page around the picture. The picture's own colours are the same variables. */
export function pageStyle(): string {
  return [
    `:root{color-scheme:light dark;${variables(light)}}`,
    `@media(prefers-color-scheme:dark){:root:not([data-theme]){${variables(dark)}}}`,
    `:root[data-theme=dark]{color-scheme:dark;${variables(dark)}}:root[data-theme=light]{color-scheme:light}`,
    shapeStyle, colourStyle((name: Colour) => `var(--${name})`), chrome,
  ].join('\n');
}

/** Where the system chooses the colours (high contrast), the picture has them too. */
const systemColours = Object.fromEntries(Object.keys(light).map((name) => [name, systemColour(name as Colour)])) as unknown as Palette;

function systemColour(name: Colour): string {
  if (name === 'way') return 'Highlight';
  return ['paper', 'card', 'frame', 'onFill'].includes(name) ? 'Canvas' : 'CanvasText';
}

const chrome = `
*{box-sizing:border-box}
body{margin:0;height:100vh;height:100dvh;display:grid;grid-template-columns:320px minmax(0,1fr);grid-template-areas:"side stage";background:var(--paper);color:var(--ink);font:14px/1.45 ${fonts.sans}}
body.with-details{grid-template-columns:320px minmax(0,1fr) 400px;grid-template-areas:"side stage details"}
.side{grid-area:side;display:flex;flex-direction:column;min-height:0;background:var(--card);border-right:1px solid var(--rule)}
.side header{padding:18px 18px 12px}
h1{font-size:17px;line-height:1.3;margin:0 0 4px;overflow-wrap:anywhere}
.sums{margin:0;color:var(--dim);font-size:12.5px}
.search{margin:0 18px 10px;position:relative}
.search input{width:100%;font:inherit;font-size:13px;color:inherit;background:var(--paper);border:1px solid var(--edge);border-radius:8px;padding:7px 30px 7px 10px}
.search kbd{position:absolute;right:9px;top:7px;font:11px ${fonts.mono};color:var(--dim);border:1px solid var(--rule);border-radius:4px;padding:1px 5px;pointer-events:none}
.search input:focus+kbd{display:none}
.tabs{display:flex;padding:0 18px;border-bottom:1px solid var(--rule)}[role=tablist]{display:flex;gap:4px}
[role=tab]{font:inherit;font-size:13px;color:var(--dim);background:none;border:0;border-bottom:2px solid transparent;padding:7px 8px;cursor:pointer}
[role=tab][aria-selected=true]{color:var(--ink);border-color:var(--way);font-weight:600}
#count{margin-left:auto;align-self:center;color:var(--dim);font-size:12px}
#list{flex:1;overflow:auto;margin:0;padding:8px;list-style:none;min-height:0}
#list [role=group]{margin:0;padding:0;list-style:none}
#list .heading{padding:10px 10px 4px 8px;color:var(--dim);font-size:12px;font-weight:600}
#list [role=option]{display:grid;grid-template-columns:20px minmax(0,1fr);padding:6px 10px 6px 8px;border-radius:8px;cursor:pointer;content-visibility:auto;contain-intrinsic-size:auto 46px}
#list [role=option]:hover{background:var(--paper)}
#list:focus-visible .active{outline:2px solid var(--way);outline-offset:-2px}
#list [aria-selected=true]{background:var(--frame);box-shadow:inset 3px 0 var(--way)}
#list .what,#list .note{display:block}
#list .what{font:12.5px/1.45 ${fonts.mono};overflow-wrap:anywhere}
#list .note{color:var(--dim);font-size:12px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
#list .none{color:var(--dim);padding:10px}
.mark{font-weight:700}
.ok>.mark{color:var(--ok)}.broken>.mark,.error>.mark{color:var(--broken)}.partial>.mark,.warning>.mark{color:var(--partial)}.depends>.mark,.unknown>.mark,.note>.mark,.found-card>.mark{color:var(--unknown)}
.stage{grid-area:stage;position:relative;min-width:0;min-height:0;overflow:hidden}
#picture{display:block;width:100%;height:100%;touch-action:none;cursor:grab;user-select:none}
#picture:active{cursor:grabbing}
#picture [data-node],#picture .frame-name{cursor:pointer}
#picture [data-node]:hover .box{stroke:var(--edge)}
#picture :focus{outline:none}
#picture [data-node]:focus-visible .box,#picture [data-namespace]:focus-visible .hit{stroke:var(--ink);stroke-width:3}
#picture .selected .box{stroke:var(--way);stroke-width:2.5}
.tools{position:absolute;right:14px;top:14px;display:flex;flex-wrap:wrap;gap:6px;justify-content:flex-end}
.tools span{display:flex;border:1px solid var(--rule);border-radius:9px;overflow:hidden;background:var(--card)}
.tools button{font:inherit;font-size:12.5px;color:var(--ink);background:var(--card);border:0;padding:6px 11px;cursor:pointer}
.tools button+button{border-left:1px solid var(--rule)}
.tools button:hover{background:var(--frame)}
#unfold{display:none;position:absolute;left:14px;top:14px;font:inherit;font-size:12.5px;color:var(--ink);background:var(--card);border:1px solid var(--rule);border-radius:9px;padding:6px 11px;cursor:pointer}
.legend{position:absolute;left:16px;right:16px;width:fit-content;bottom:12px;display:flex;flex-wrap:wrap;gap:4px 18px;margin:0;padding:6px 12px;list-style:none;font-size:12px;color:var(--dim);background:var(--card);border:1px solid var(--rule);border-radius:9px}
.legend li{display:flex;align-items:center;gap:7px}.legend svg{flex:none}
.details{grid-area:details;overflow:auto;background:var(--card);border-left:1px solid var(--rule);padding:18px 20px 40px;position:relative;min-height:0}
.details h2{font-size:15px;line-height:1.4;margin:0 28px 14px 0;overflow-wrap:anywhere}
.details h3{font-size:12.5px;margin:18px 0 4px;color:var(--dim)}
.details p{margin:0;overflow-wrap:anywhere}.details ul{margin:0;padding-left:18px;overflow-wrap:anywhere}
.close{position:absolute;right:12px;top:12px;font:20px/1 ${fonts.sans};color:var(--dim);background:none;border:0;border-radius:6px;padding:4px 8px;cursor:pointer}
.steps{list-style:none;margin:0 0 16px;padding:0}
.step-line{display:grid;grid-template-columns:32px minmax(0,1fr);padding-bottom:12px;position:relative}
.step-line:not(:last-child)::before{content:"";position:absolute;left:11px;top:24px;bottom:0;width:2px;background:var(--rule)}
.number{width:24px;height:24px;padding:0;border:0;border-radius:12px;background:var(--way);color:var(--onFill);font:700 11.5px ${fonts.sans};cursor:pointer}
.breaks-here .number{background:var(--broken)}.breaks-here strong{color:var(--broken)}
.kind{color:var(--dim);font-size:12.5px}
.where{color:var(--dim);font:12px/1.5 ${fonts.mono};overflow-wrap:anywhere}.where span{display:block;word-break:break-all}
.finding{border:1px solid var(--rule);border-left:4px solid var(--unknown);border-radius:8px;padding:10px 12px;margin:0 0 10px}
.finding.error{border-left-color:var(--broken)}.finding.warning{border-left-color:var(--partial)}
.details>.where{margin-bottom:14px}
.finding p+p{margin-top:6px}.fix{color:var(--ok)}
.link{font:12.5px ${fonts.mono};color:var(--way);background:none;border:0;padding:2px 0;text-align:left;vertical-align:top;cursor:pointer;overflow-wrap:anywhere}
.live,.skip{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip:focus{width:auto;height:auto;clip-path:none;z-index:2;padding:8px;background:var(--card)}
:focus-visible{outline:2px solid var(--way);outline-offset:2px}
.leg:not(.gap){stroke-dasharray:1;animation:go .3s ease-out both;animation-delay:calc(var(--at)*90ms)}
@keyframes go{from{stroke-dashoffset:1}to{stroke-dashoffset:0}}
@media(prefers-reduced-motion:reduce){.leg:not(.gap){animation:none}}
@media(min-width:901px) and (max-width:2199px){
body.with-details{grid-template-columns:320px minmax(0,1fr);grid-template-rows:minmax(0,1fr) fit-content(36vh);grid-template-areas:"side stage" "side details"}
.details{border-left:0;border-top:1px solid var(--rule);padding:14px 20px}
.steps{display:grid;grid-template-columns:repeat(auto-fill,minmax(280px,1fr));gap:4px 24px}.step-line:not(:last-child)::before{content:none}
}
@media(min-width:901px) and (max-width:1699px){
body.folded{grid-template-columns:minmax(0,1fr);grid-template-areas:"stage" "details"}
body.folded .side{display:none}body.folded #unfold{display:block}
}
@media(max-width:900px){
body,body.with-details{grid-template-columns:minmax(0,1fr);grid-template-rows:max(34vh,240px) minmax(260px,1fr);grid-template-areas:"side" "stage";height:auto;min-height:100dvh}
body.with-details{grid-template-rows:max(30vh,240px) minmax(260px,1fr) minmax(36vh,auto);grid-template-areas:"side" "stage" "details"}
.side,.details{border:0;border-block:1px solid var(--rule)}.legend,.sums{display:none}.side header{padding:10px 18px 6px}
}
@media(forced-colors:active){
:root:root{${variables(systemColours)}}
#list [aria-selected=true]{outline:2px solid Highlight;outline-offset:-2px}
[role=tab]:not([aria-selected=true]){border-color:Canvas}
.number{forced-color-adjust:none}
}
@media print{
.side,.tools,body.folded #unfold{display:none}
body,body.with-details{display:block;height:auto}
.stage{height:88vh;break-after:auto;break-inside:avoid}
.details{overflow:visible;border:0;padding:12px 0}.close{display:none}
.finding,.step-line{break-inside:avoid}
}`;
