import type { Box } from '../size';

/** The picture on the screen: moved and scaled by mouse, touch, wheel and keys. */
export class Canvas {
  private scale = 1;
  private x = 0;
  private y = 0;
  private readonly pointers = new Map<number, { x: number; y: number }>();
  private moved = false;

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
    // A drag that ends on a card does not choose it.
    svg.addEventListener('click', (event) => { if (this.moved) event.stopImmediatePropagation(); }, { capture: true });
  }

  zoom(factor: number, x = this.svg.clientWidth / 2, y = this.svg.clientHeight / 2): void {
    const scale = Math.min(3, Math.max(0.05, this.scale * factor));
    this.x = x - ((x - this.x) * scale) / this.scale;
    this.y = y - ((y - this.y) * scale) / this.scale;
    this.scale = scale;
    this.place();
  }

  pan(dx: number, dy: number): void {
    this.x += dx;
    this.y += dy;
    this.place();
  }

  /** All of it in sight; what would be too small to read starts at its left and top instead. */
  fit({ x, y, width, height }: Box, least = 0.3): void {
    const [w, h] = [this.svg.clientWidth, this.svg.clientHeight];
    const whole = Math.min(w / width, h / height, 1.25);
    this.scale = Math.max(whole, Math.min(least, w / width));
    this.x = Math.max(0, (w - width * this.scale) / 2) - x * this.scale;
    this.y = Math.max(0, (h - height * this.scale) / 2) - y * this.scale;
    this.place();
  }

  /** Brings a part in sight, if it is not. */
  show(box: Box): void {
    const [w, h] = [this.svg.clientWidth, this.svg.clientHeight];
    const [left, top] = [box.x * this.scale + this.x, box.y * this.scale + this.y];
    const within = left >= 0 && top >= 0 && left + box.width * this.scale <= w && top + box.height * this.scale <= h;
    if (within && this.scale > 0.45) return;
    const room = { x: box.x - 40, y: box.y - 40, width: box.width + 80, height: box.height + 80 };
    if (Math.min(w / room.width, h / room.height) < this.scale || this.scale <= 0.45) return this.fit(room, 0.45);
    this.x = w / 2 - (box.x + box.width / 2) * this.scale;
    this.y = h / 2 - (box.y + box.height / 2) * this.scale;
    this.place();
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
