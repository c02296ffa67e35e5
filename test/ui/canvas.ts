/** What a drawing library needs of a browser and jsdom lacks. Nothing is painted; what was asked to be filled is kept. */
export const painted: { readonly fill: string; readonly x: number; readonly width: number }[] = [];

class Paper {
  fillStyle = '';
  constructor() {
    return new Proxy(this, {
      get: (paper, name) => {
        if (name === 'fillRect') return (x: number, _y: number, width: number) => void painted.push({ fill: paper.fillStyle, x, width });
        if (name === 'measureText') return () => ({ width: 8 });
        return name in paper ? Reflect.get(paper, name) : () => undefined;
      },
    });
  }
}
class Shape {
  moveTo(): void {}
  lineTo(): void {}
  rect(): void {}
  arc(): void {}
  addPath(): void {}
  closePath(): void {}
}
class Watcher {
  observe(): void {}
  disconnect(): void {}
}

Object.defineProperty(HTMLCanvasElement.prototype, 'getContext', { value: () => new Paper() });
for (const [side, size] of [['clientWidth', 400], ['clientHeight', 120]] as const) Object.defineProperty(HTMLElement.prototype, side, { configurable: true, get: () => size });
Object.assign(globalThis, {
  Path2D: Shape,
  ResizeObserver: Watcher,
  matchMedia: () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }),
});
export {};
