import type { Box } from '../size';

/** Room for the tools above and the legend below. */
const inset = { top: 58, bottom: 56, side: 12 } as const;

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

  constructor(private readonly svg: SVGSVGElement, private readonly world: SVGGElement) {
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

  /** All of a part in sight; what would be too small to read starts at its left and top instead. */
  private fit({ x, y, width, height }: Box, least = 0.3): void {
    const room = this.room();
    this.scale = Math.max(Math.min(room.width / width, room.height / height, 1.25), Math.min(least, room.width / width));
    this.x = inset.side + Math.max(0, (room.width - width * this.scale) / 2) - x * this.scale;
    this.y = inset.top + Math.max(0, (room.height - height * this.scale) / 2) - y * this.scale;
    this.place();
  }

  /** Brings a part in sight, if it is not; nearer, if it could not be read. */
  show(box: Box): void {
    const room = this.room();
    if (this.whole !== undefined && Math.min(room.width / this.whole.width, room.height / this.whole.height) > readable - 0.1) return this.fit(this.whole);
    this.whole = undefined;
    const [left, top] = [box.x * this.scale + this.x - inset.side, box.y * this.scale + this.y - inset.top];
    const within = left >= 0 && top >= 0 && left + box.width * this.scale <= room.width && top + box.height * this.scale <= room.height;
    if (within && this.scale > readable) return;
    const around = { x: box.x - 30, y: box.y - 30, width: box.width + 60, height: box.height + 60 };
    if (this.scale <= readable || Math.min(room.width / around.width, room.height / around.height) < this.scale) return this.fit(around, readable);
    this.x = inset.side + room.width / 2 - (box.x + box.width / 2) * this.scale;
    this.y = inset.top + room.height / 2 - (box.y + box.height / 2) * this.scale;
    this.place();
  }

  private room(): { readonly width: number; readonly height: number } {
    return { width: Math.max(100, this.svg.clientWidth - 2 * inset.side), height: Math.max(100, this.svg.clientHeight - inset.top - inset.bottom) };
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
