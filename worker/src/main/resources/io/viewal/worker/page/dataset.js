"use strict";
// Points are drawn by hand with a depth buffer: no library, no GPU, the same picture everywhere.
const POINT_BYTES = 16;
const data = JSON.parse(document.getElementById("data").textContent);
const byId = id => document.getElementById(id);
const canvas = byId("cloud");
const context = canvas.getContext("2d");
const palette = data.classes.map(c => [1, 3, 5].map(i => parseInt(c.color.substr(i, 2), 16)));
const UNLABELED = [70, 76, 84];
let scene, view, frame = 0;

/** Decodes a scene's points: at, rgb and ids by point; centre and radius of what lies in the middle nine tenths. */
function decode(source) {
  const bytes = Uint8Array.from(atob(source.cloud), c => c.charCodeAt(0));
  const numbers = new DataView(bytes.buffer);
  const at = new Float32Array(3 * source.points), rgb = new Uint8Array(3 * source.points), ids = new Uint8Array(source.points);
  for (let i = 0; i < source.points; i++) {
    for (let k = 0; k < 3; k++) {
      at[3 * i + k] = numbers.getFloat32(POINT_BYTES * i + 4 * k, true);
      rgb[3 * i + k] = bytes[POINT_BYTES * i + 12 + k];
    }
    ids[i] = bytes[POINT_BYTES * i + 15];
  }
  const centre = [], half = [];
  for (let k = 0; k < 3; k++) {
    const axis = Float32Array.from({length: source.points}, (_, i) => at[3 * i + k]).sort();
    const low = axis[Math.floor(0.05 * axis.length)] || 0, high = axis[Math.floor(0.95 * axis.length)] || 1;
    centre.push((low + high) / 2);
    half.push((high - low) / 2);
  }
  return {...source, at, rgb, ids, centre, radius: Math.hypot(...half) || 1, up: upward(source.cameras)};
}

/** The world's axis that the cameras mostly hold upright, with its sign. */
function upward(cameras) {
  const sum = [0, 0, 0];
  for (const {points: p} of cameras) {
    for (let k = 0; k < 3; k++) sum[k] += p[3 + k] + p[6 + k] - p[9 + k] - p[12 + k];
  }
  const axis = sum.map(Math.abs).indexOf(Math.max(...sum.map(Math.abs)));
  return {axis, sign: Math.sign(sum[axis]) || 1};
}

/** World to eye: the scene's up is up, turned by yaw and pitch; rows right, down, forward. */
function rotation() {
  const {axis, sign} = scene.up;
  const up = [0, 0, 0], a = [0, 0, 0], b = [0, 0, 0];
  up[axis] = sign;
  a[(axis + 1) % 3] = 1;
  b[(axis + 2) % 3] = sign;
  const cy = Math.cos(view.yaw), sy = Math.sin(view.yaw), cp = Math.cos(view.pitch), sp = Math.sin(view.pitch);
  const flat = k => b[k] * cy - a[k] * sy;
  return [0, 1, 2].map(row => [0, 1, 2].map(k =>
    row === 0 ? a[k] * cy + b[k] * sy : row === 1 ? -up[k] * cp - flat(k) * sp : flat(k) * cp - up[k] * sp));
}

function draw() {
  const {width, height} = canvas, turn = rotation(), {centre, at} = scene;
  const distance = 2.4 * scene.radius / view.zoom, focal = height;
  const project = (x, y, z) => {
    const [u, v, w] = turn.map(r => r[0] * (x - centre[0]) + r[1] * (y - centre[1]) + r[2] * (z - centre[2]));
    const depth = w + distance;
    return [width / 2 + view.x + focal * u / depth, height / 2 + view.y + focal * v / depth, depth];
  };
  const image = context.createImageData(width, height), out = image.data;
  for (let i = 0; i < out.length; i += 4) { out[i] = 20; out[i + 1] = 23; out[i + 2] = 27; out[i + 3] = 255; }
  const nearest = new Float32Array(width * height).fill(Infinity);
  const classes = document.querySelector("[name=paint]:checked").value === "class";
  const [r0, r1, r2] = turn;
  for (let i = 0; i < scene.points; i++) {
    const x = at[3 * i] - centre[0], y = at[3 * i + 1] - centre[1], z = at[3 * i + 2] - centre[2];
    const depth = r2[0] * x + r2[1] * y + r2[2] * z + distance;
    if (depth < 0.05) continue;
    const u = Math.round(width / 2 + view.x + focal * (r0[0] * x + r0[1] * y + r0[2] * z) / depth);
    const v = Math.round(height / 2 + view.y + focal * (r1[0] * x + r1[1] * y + r1[2] * z) / depth);
    const color = classes ? palette[scene.ids[i]] || UNLABELED : null;
    const size = depth < 0.8 * distance ? 2 : 1;
    for (let dy = 0; dy <= size; dy++) for (let dx = 0; dx <= size; dx++) {
      const px = u + dx, py = v + dy;
      if (px < 0 || py < 0 || px >= width || py >= height) continue;
      const p = py * width + px;
      if (depth < nearest[p]) {
        nearest[p] = depth;
        for (let k = 0; k < 3; k++) out[4 * p + k] = color ? color[k] : scene.rgb[3 * i + k];
      }
    }
  }
  context.putImageData(image, 0, 0);
  if (byId("path").checked) drawCameras(project);
}

function drawCameras(project) {
  const shown = scene.pictures[frame] && scene.pictures[frame].name;
  const line = (points, color, thick) => {
    if (points.some(p => p[2] < 0.05)) return;
    context.strokeStyle = color;
    context.lineWidth = thick;
    context.beginPath();
    points.forEach(([x, y], i) => i ? context.lineTo(x, y) : context.moveTo(x, y));
    context.stroke();
  };
  let before = null;
  for (const camera of scene.cameras) {
    const p = [0, 1, 2, 3, 4].map(i => project(...camera.points.slice(3 * i, 3 * i + 3)));
    const current = camera.name === shown, color = current ? "#ff5a4f" : "rgba(88, 176, 239, 0.55)";
    if (before) line([before, p[0]], "#f7d13d", 1.5);
    for (const corners of [[1, 2, 3, 4, 1], [1, 0, 2], [3, 0, 4]]) line(corners.map(i => p[i]), color, current ? 2.5 : 1);
    before = p[0];
  }
}

function showFrame() {
  const picture = scene.pictures[frame];
  byId("photo").src = picture.photo;
  for (const layer of ["labels", "regions"]) {
    byId(layer).hidden = !picture[layer];
    if (picture[layer]) byId(layer).src = picture[layer];
  }
  byId("labels").style.opacity = byId("opacity").value / 100;
  byId("regions").style.opacity = byId("borders").checked ? 0.8 : 0;
  byId("name").textContent = picture.name;
  draw();
}

function reset() {
  view = {yaw: 0.6, pitch: 0.6, zoom: 1, x: 0, y: 0};
  draw();
}

function showScene(index) {
  scene = decode(data.scenes[index]);
  frame = 0;
  byId("slider").max = scene.pictures.length - 1;
  byId("slider").value = 0;
  byId("count").textContent = `${scene.points.toLocaleString("en")} points of ${scene.cameras.length} of ${scene.frames} frames`;
  [...byId("scenes").children].forEach((button, i) => button.setAttribute("aria-pressed", i === index));
  reset();
  showFrame();
}

let drawing = false;
function drawSoon() {
  if (!drawing) requestAnimationFrame(() => { drawing = false; draw(); });
  drawing = true;
}

canvas.addEventListener("pointerdown", event => {
  let {clientX, clientY} = event;
  const move = next => {
    const dx = next.clientX - clientX, dy = next.clientY - clientY;
    ({clientX, clientY} = next);
    if (next.shiftKey) { view.x += dx; view.y += dy; } else {
      view.yaw += dx / 150;
      view.pitch = Math.max(-1.5, Math.min(1.5, view.pitch + dy / 150));
    }
    drawSoon();
  };
  const end = () => { removeEventListener("pointermove", move); removeEventListener("pointerup", end); };
  addEventListener("pointermove", move);
  addEventListener("pointerup", end);
});
canvas.addEventListener("wheel", event => {
  event.preventDefault();
  view.zoom = Math.max(0.3, Math.min(20, view.zoom * Math.exp(-event.deltaY / 700)));
  drawSoon();
}, {passive: false});
document.querySelectorAll("[name=paint], #path").forEach(input => input.addEventListener("change", draw));
byId("slider").addEventListener("input", () => { frame = +byId("slider").value; showFrame(); });
byId("opacity").addEventListener("input", showFrame);
byId("borders").addEventListener("change", showFrame);
byId("reset").addEventListener("click", reset);

data.scenes.forEach((s, i) => {
  const button = document.createElement("button");
  button.textContent = s.name;
  button.addEventListener("click", () => showScene(i));
  byId("scenes").append(button);
});
for (const {name, color} of data.classes) {
  const item = document.createElement("span"), swatch = document.createElement("i");
  swatch.style.background = color;
  item.append(swatch, name);
  byId("legend").append(item);
}
byId("summary").textContent = `${data.scenes.length} ${data.scenes.length === 1 ? "scene" : "scenes"}, ${data.width} × ${data.height} pixels, ${data.classes.length} classes`;
showScene(0);
