import type { Box } from '../size';

/** Between the picture and what is around it. */
const margin = 12;

/** Smaller than this, names are hard to read. */
const readable = 0.5;

/** The picture on the screen: moved and scaled by mouse, touch, wheel and keys. */
export class Canvas {
  private scale = 1;
  private x = 0;
  private y = 0;
  private readonly pointers = new Map<number, { x: number; y: number }>();
  private moved = false;
  /** What is kept in sight while nobody has moved it. */
  private whole: Box | undefined;

  /** The tools stand on it above, the legend below. */
  constructor(private readonly svg: SVGSVGElement, private readonly world: SVGGElement, private readonly tools: HTMLElement, private readonly legend: HTMLElement) {
    svg.addEventListener('wheel', (event) => {
      event.preventDefault();
      const { left, top } = svg.getBoundingClientRect();
      if (event.ctrlKey || !event.shiftKey) this.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), event.clientX - left, event.clientY - top);
      else this.pan(-event.deltaX - event.deltaY, 0);
    }, { passive: false });
    svg.addEventListener('pointerdown', (event) => {
      this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (this.pointers.size === 1) this.moved = false;
    });
    window.addEventListener('pointermove', (event) => this.drag(event));
    for (const name of ['pointerup', 'pointercancel'] as const) window.addEventListener(name, (event) => void this.pointers.delete(event.pointerId));
    new ResizeObserver(() => { if (this.whole !== undefined) this.fit(this.whole); }).observe(svg);
    // A drag that ends on a card does not choose it.
    svg.addEventListener('click', (event) => { if (this.moved) event.stopImmediatePropagation(); }, { capture: true });
  }

  zoom(factor: number, x = this.svg.clientWidth / 2, y = this.svg.clientHeight / 2): void {
    const scale = Math.min(3, Math.max(0.05, this.scale * factor));
    this.x = x - ((x - this.x) * scale) / this.scale;
    this.y = y - ((y - this.y) * scale) / this.scale;
    this.scale = scale;
    this.whole = undefined;
    this.place();
  }

  pan(dx: number, dy: number): void {
    this.x += dx;
    this.y += dy;
    this.whole = undefined;
    this.place();
  }

  /** All of it in sight, also when the room for it changes. */
  fitWhole(box: Box): void {
    this.fit(box);
    this.whole = box;
  }

  /** The picture was drawn anew: what is kept in sight is this, unless somebody has moved it. */
  keep(box: Box): void {
    if (this.whole !== undefined) this.whole = box;
  }

  /** All of a part in sight; what would be too small to read starts at its left and top instead. */
  private fit({ x, y, width, height }: Box, least = 0.3): void {
    const room = this.room();
    this.scale = Math.max(Math.min(room.width / width, room.height / height, 1.25), Math.min(least, room.width / width));
    this.x = margin + Math.max(0, (room.width - width * this.scale) / 2) - x * this.scale;
    this.y = room.top + Math.max(0, (room.height - height * this.scale) / 2) - y * this.scale;
    this.place();
  }

  /** Brings a part in sight, if it is not; nearer, if it could not be read. */
  show(box: Box): void {
    const room = this.room();
    const { whole } = this;
    if (whole !== undefined && contains(whole, box) && Math.min(room.width / whole.width, room.height / whole.height) > readable - 0.1) return this.fit(whole);
    this.whole = undefined;
    const [left, top] = [box.x * this.scale + this.x - margin, box.y * this.scale + this.y - room.top];
    const within = left >= 0 && top >= 0 && left + box.width * this.scale <= room.width && top + box.height * this.scale <= room.height;
    if (within && this.scale > readable) return;
    const wide = { x: box.x - 30, y: box.y - 30, width: box.width + 60, height: box.height + 60 };
    if (this.scale <= readable || Math.min(room.width / wide.width, room.height / wide.height) < this.scale) return this.fit(wide, readable);
    this.x = margin + room.width / 2 - (box.x + box.width / 2) * this.scale;
    this.y = room.top + room.height / 2 - (box.y + box.height / 2) * this.scale;
    this.place();
  }

  /** Between the tools and the legend. */
  private room(): { readonly top: number; readonly width: number; readonly height: number } {
    const { clientWidth, clientHeight } = this.svg;
    const top = this.tools.offsetTop + this.tools.offsetHeight + margin;
    // A legend that is not shown is nowhere.
    const bottom = this.legend.offsetHeight === 0 ? clientHeight : this.legend.offsetTop;
    return { top, width: Math.max(100, clientWidth - 2 * margin), height: Math.max(100, bottom - margin - top) };
  }

  private drag(event: PointerEvent): void {
    const before = this.pointers.get(event.pointerId);
    if (before === undefined) return;
    const now = { x: event.clientX, y: event.clientY };
    const [other] = [...this.pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    if (other === undefined) {
      if (!this.moved && Math.hypot(now.x - before.x, now.y - before.y) < 4) return;
      this.pan(now.x - before.x, now.y - before.y);
    } else {
      const { left, top } = this.svg.getBoundingClientRect();
      const spread = Math.hypot(before.x - other.x, before.y - other.y);
      if (spread > 0) this.zoom(Math.hypot(now.x - other.x, now.y - other.y) / spread, (now.x + other.x) / 2 - left, (now.y + other.y) / 2 - top);
    }
    this.moved = true;
    this.pointers.set(event.pointerId, now);
  }

  private place(): void {
    this.world.setAttribute('transform', `translate(${this.x} ${this.y}) scale(${this.scale})`);
  }
}

function contains(outer: Box, inner: Box): boolean {
  return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width && inner.y + inner.height <= outer.y + outer.height;
}
