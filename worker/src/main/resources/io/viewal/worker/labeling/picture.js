// The image with the region's outline: zoom and pan.

const by = id => document.getElementById(id);
const SVG = "http://www.w3.org/2000/svg";
const MOST = 40;
const SURROUNDINGS = 3.2;
/** At first, times the whole image. */
const CLOSEST = 2.4;
const MARGIN = 48;

let width = 1, height = 1, box = [0, 0, 1, 1];
let scale = 1, left = 0, top = 0;
let whole = false;

export function size(w, h) {
  [width, height] = [w, h];
  by("overlay").setAttribute("viewBox", `0 0 ${w} ${h}`);
}

/** Shows a region in its image, with its surroundings. */
export function show(region) {
  by("image").src = region.image;
  by("image").alt = `Frame ${region.frame} of scene ${region.scene}`;
  by("dim").setAttribute("d", `M0 0h${width}v${height}h${-width}z${region.outline}`);
  by("casing").setAttribute("d", region.outline);
  by("outline").setAttribute("d", region.outline);
  box = region.box;
  whole = false;
  fit();
}

const frameScale = () => Math.min(by("viewer").clientWidth / width, by("viewer").clientHeight / height);

/** The region with its surroundings, or the whole image. */
export function fit() {
  const viewer = by("viewer");
  const wanted = Math.min(
    viewer.clientWidth / ((box[2] - box[0]) * SURROUNDINGS), viewer.clientHeight / ((box[3] - box[1]) * SURROUNDINGS));
  scale = whole ? frameScale() : Math.max(frameScale(), Math.min(wanted, frameScale() * CLOSEST));
  const x = whole ? width / 2 : (box[0] + box[2]) / 2, y = whole ? height / 2 : (box[1] + box[3]) / 2;
  left = viewer.clientWidth / 2 - x * scale;
  top = viewer.clientHeight / 2 - y * scale;
  place();
}

export function toggleFit() {
  whole = !whole;
  fit();
}

export function pan(dx, dy) {
  left += dx;
  top += dy;
  place();
}

/** Zooms about a point of the viewer; about its middle without one. */
export function zoom(factor, x = by("viewer").clientWidth / 2, y = by("viewer").clientHeight / 2) {
  const to = Math.min(MOST, Math.max(frameScale() / 2, scale * factor));
  left = x - (x - left) * to / scale;
  top = y - (y - top) * to / scale;
  scale = to;
  place();
}

function place() {
  const viewer = by("viewer"), stage = by("stage");
  // The image fills the viewer but for a margin, or is in its middle where it is smaller.
  const within = (at, length, room) =>
    length <= room ? (room - length) / 2 : Math.min(MARGIN, Math.max(room - length - MARGIN, at));
  left = within(left, width * scale, viewer.clientWidth);
  top = within(top, height * scale, viewer.clientHeight);
  stage.style.width = `${width * scale}px`;
  stage.style.height = `${height * scale}px`;
  stage.style.transform = `translate(${left}px, ${top}px)`;
}

/** Where in the image an event is, in pixels. */
export function pixel(event) {
  const bounds = by("viewer").getBoundingClientRect();
  return [(event.clientX - bounds.left - left) / scale, (event.clientY - bounds.top - top) / scale];
}

/** A small picture of an image with an outline: of a box and its surroundings, a share of the image at least. */
export function small(image, outline, around, share) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", viewBox(around, share));
  const add = (name, attributes) => {
    const child = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => child.setAttribute(key, value));
    svg.append(child);
  };
  add("image", {href: image, width, height});
  add("path", {d: outline, class: "carried-casing"});
  add("path", {d: outline, class: "carried"});
  return svg;
}

function viewBox([x0, y0, x1, y1], share) {
  const wide = Math.min(width, Math.max((x1 - x0) * 2, (y1 - y0) * 2 * width / height, width * share));
  const high = wide * height / width;
  const x = Math.min(width - wide, Math.max(0, (x0 + x1 - wide) / 2));
  const y = Math.min(height - high, Math.max(0, (y0 + y1 - high) / 2));
  return `${x} ${y} ${wide} ${high}`;
}

new ResizeObserver(place).observe(by("viewer"));
