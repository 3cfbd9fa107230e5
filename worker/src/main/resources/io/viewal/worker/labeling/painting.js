// Painting the classes of a mixed region, pixel by pixel.

const by = id => document.getElementById(id);
const NONE = 255;
const STEPS_BACK = 50;

/** A region that is painted: the first class fills it, others are brushed or drawn into it. */
export class Painting {
  #region; #classes; #width; #height;
  #inside; #mask; #before = [];
  #context;
  corners = [];
  chosen = [];
  active = null;

  constructor(region, classes, width, height) {
    [this.#region, this.#classes, this.#width, this.#height] = [region, classes, width, height];
    this.#inside = new Uint8Array(width * height);
    for (const [start, length] of region.runs) this.#inside.fill(1, start, start + length);
    this.#mask = new Uint8Array(width * height).fill(NONE);
    const canvas = by("mask");
    [canvas.width, canvas.height] = [width, height];
    this.#context = canvas.getContext("2d");
    this.draw();
  }

  /** Chooses a class to paint with; the first one fills the region. */
  choose(id) {
    this.active = id;
    if (this.chosen.includes(id)) return;
    this.chosen.push(id);
    if (this.chosen.length === 1) this.fill();
  }

  fill() {
    this.#remember();
    for (const [start, length] of this.#region.runs) this.#mask.fill(this.active, start, start + length);
    this.draw();
  }

  /** What the model takes each pixel for, among the chosen classes; the first one elsewhere. */
  fillGuess() {
    this.#remember();
    const predicted = this.#region.predicted.flatMap(([id, length]) => Array(length).fill(id));
    let i = 0;
    for (const [start, length] of this.#region.runs) {
      for (let pixel = start; pixel < start + length; pixel++, i++) {
        this.#mask[pixel] = this.chosen.includes(predicted[i]) ? predicted[i] : this.chosen[0];
      }
    }
    this.draw();
  }

  /** Begins a stroke, which is one step of {@link undo}. */
  begin() { this.#remember(); }

  /** A dab of the brush, or a line of dabs. */
  dab([x0, y0], [x1, y1], size) {
    const steps = Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0)));
    for (let step = 0; step <= steps; step++) {
      const x = x0 + (x1 - x0) * step / steps, y = y0 + (y1 - y0) * step / steps, r = size / 2;
      for (let py = Math.floor(y - r); py <= y + r; py++) {
        for (let px = Math.floor(x - r); px <= x + r; px++) {
          const within = Math.hypot(px + .5 - x, py + .5 - y) <= r || (px === Math.floor(x) && py === Math.floor(y));
          if (within) this.#set(px, py);
        }
      }
    }
    this.draw();
  }

  /** Fills the polygon of the corners. */
  close() {
    this.#remember();
    for (let y = 0; y < this.#height; y++) {
      for (let x = 0; x < this.#width; x++) if (this.#within(x + .5, y + .5)) this.#set(x, y);
    }
    this.corners = [];
    this.draw();
  }

  #within(x, y) {
    let inside = false;
    this.corners.forEach(([xa, ya], i) => {
      const [xb, yb] = this.corners.at(i - 1);
      if (ya > y !== yb > y && x < (xb - xa) * (y - ya) / (yb - ya) + xa) inside = !inside;
    });
    return inside;
  }

  #set(x, y) {
    if (x < 0 || y < 0 || x >= this.#width || y >= this.#height) return;
    const pixel = y * this.#width + x;
    if (this.#inside[pixel]) this.#mask[pixel] = this.active;
  }

  #remember() {
    this.#before.push(this.#mask.slice());
    if (this.#before.length > STEPS_BACK) this.#before.shift();
  }

  /** Takes the last corner or step back, but for the first class's filling. */
  undo() {
    if (this.corners.pop() || this.#before.length <= 1) return;
    this.#mask = this.#before.pop();
    this.draw();
  }

  draw() {
    const picture = this.#context.createImageData(this.#width, this.#height);
    for (const [start, length] of this.#region.runs) {
      for (let pixel = start; pixel < start + length; pixel++) {
        const entry = this.#classes[this.#mask[pixel]];
        if (entry) picture.data.set([...entry.rgb, 255], 4 * pixel);
      }
    }
    this.#context.putImageData(picture, 0, 0);
  }

  /** Class and length of each run of the region's pixels, in row order. */
  runs() {
    const runs = [];
    for (const [start, length] of this.#region.runs) {
      for (let pixel = start; pixel < start + length; pixel++) {
        if (runs.at(-1)?.[0] === this.#mask[pixel]) runs.at(-1)[1]++;
        else runs.push([this.#mask[pixel], 1]);
      }
    }
    return runs;
  }
}
