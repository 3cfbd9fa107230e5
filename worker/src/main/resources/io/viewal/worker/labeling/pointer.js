// The pointer on the image: it moves and zooms the image, or paints.

import * as painter from "./painter.js";
import * as picture from "./picture.js";

const viewer = document.getElementById("viewer");
const pointers = new Map();

function down(event) {
  if (event.target.closest(".zoom")) return;
  viewer.setPointerCapture(event.pointerId);
  pointers.set(event.pointerId, [event.clientX, event.clientY]);
  if (painter.on() && event.button === 0 && pointers.size === 1) painter.down(event);
  if (pointers.size > 1) painter.up();
}

function move(event) {
  const before = pointers.get(event.pointerId), now = [event.clientX, event.clientY];
  if (before && pointers.size === 2) pinch(event.pointerId, now);
  else if (before && (!painter.on() || event.buttons !== 1)) picture.pan(now[0] - before[0], now[1] - before[1]);
  else painter.move(event);
  if (before) pointers.set(event.pointerId, now);
}

function pinch(moved, now) {
  const [other] = [...pointers].filter(([pointer]) => pointer !== moved).map(([, at]) => at);
  const before = pointers.get(moved), bounds = viewer.getBoundingClientRect();
  const apart = at => Math.hypot(at[0] - other[0], at[1] - other[1]);
  picture.zoom(apart(now) / apart(before), (now[0] + other[0]) / 2 - bounds.left, (now[1] + other[1]) / 2 - bounds.top);
}

function up(event) {
  pointers.delete(event.pointerId);
  painter.up();
}

function wheel(event) {
  event.preventDefault();
  const bounds = viewer.getBoundingClientRect();
  picture.zoom(Math.exp(-event.deltaY / 400), event.clientX - bounds.left, event.clientY - bounds.top);
}

export function listen() {
  viewer.addEventListener("pointerdown", down);
  viewer.addEventListener("pointermove", move);
  viewer.addEventListener("pointerup", up);
  viewer.addEventListener("pointercancel", up);
  viewer.addEventListener("wheel", wheel, {passive: false});
}
