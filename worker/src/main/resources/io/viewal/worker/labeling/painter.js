// The tools with which a region of several classes is painted.

import * as palette from "./palette.js";
import * as picture from "./picture.js";
import {Painting} from "./painting.js";

const by = id => document.getElementById(id);

const HINTS = [
  "The first one fills the region: take the largest. Then choose the others.",
  "Choose another class by its key, then paint it.",
  "Brush over a class's area, or click around it; the arrows and the space bar do it without a mouse."];

let painting = null, classes = [], tool = "brush", cursor = [0, 0], stroke = null;

/** Whether a region is being painted. */
export const on = () => painting !== null;

export function begin(region, round) {
  classes = round.classes;
  painting = new Painting(region, classes, round.width, round.height);
  by("naming").hidden = true;
  by("painting").hidden = false;
  by("viewer").classList.add("drawing");
  const [x0, y0, x1, y1] = region.box;
  cursor = [(x0 + x1) / 2, (y0 + y1) / 2];
  setTool("brush");
  showChosen();
}

export function leave() {
  painting = null;
  by("mask").width = 1;
  by("naming").hidden = false;
  by("painting").hidden = true;
  by("viewer").classList.remove("drawing");
  by("cursor").setAttribute("r", 0);
  by("polygon").setAttribute("points", "");
}

/** Leaves a polygon that is not closed, or else the painting. */
export const escape = () => painting.corners.length ? setTool(tool) : leave();

export function choose(classId) {
  painting.choose(classId);
  showChosen();
  by("viewer").focus({preventScroll: true});
}

function showChosen() {
  const {chosen, active} = painting;
  by("painting-title").textContent = chosen.length < 2 ? "Which classes are in it?" : "Now paint";
  by("painting-hint").textContent = HINTS[Math.min(2, chosen.length)];
  by("chosen").replaceChildren(...chosen.map(classId => {
    const element = palette.button(classes[classId], () => choose(classId));
    element.setAttribute("aria-pressed", classId === active);
    return element;
  }));
  by("spoken").textContent = by("painting-title").textContent;
  for (const one of ["fill", "finish", "brush", "polygon-tool"]) by(one).disabled = !chosen.length;
  by("fill-guess").disabled = chosen.length < 2;
  draw();
}

export function setTool(wanted) {
  if (!painting) return;
  tool = wanted;
  painting.corners = [];
  by("brush").setAttribute("aria-pressed", tool === "brush");
  by("polygon-tool").setAttribute("aria-pressed", tool === "polygon");
  draw();
}

export const fill = () => painting?.chosen.length && painting.fill();
export const fillGuess = () => painting?.chosen.length > 1 && painting.fillGuess();

export function resize(difference) {
  by("size").value = +by("size").value + difference;
  draw();
}

export function draw() {
  if (!painting) return;
  by("polygon").setAttribute("points", painting.corners.map(corner => corner.join(",")).join(" "));
  by("cursor").setAttribute("cx", cursor[0]);
  by("cursor").setAttribute("cy", cursor[1]);
  by("cursor").setAttribute("r", tool === "brush" ? by("size").value / 2 : 1);
}

/** A dab or a corner where the cursor is. */
export function mark() {
  if (painting.active === null) return;
  if (tool === "brush") {
    painting.begin();
    painting.dab(cursor, cursor, +by("size").value);
  } else {
    painting.corners.push([...cursor]);
  }
  draw();
}

export function moveCursor(dx, dy) {
  const step = tool === "brush" ? Math.max(1, Math.round(by("size").value / 3)) : 1;
  cursor = [cursor[0] + dx * step, cursor[1] + dy * step];
  draw();
}

/** Takes the last step back. */
export function undo() {
  painting.undo();
  draw();
}

/** Closes an open polygon; otherwise what was painted, class and length of each run. */
export function finish() {
  if (painting.corners.length > 2) {
    painting.close();
    draw();
    return null;
  }
  return painting.chosen.length ? painting.runs() : null;
}

// ---- the pointer

export function down(event) {
  cursor = picture.pixel(event);
  mark();
  if (tool === "brush") stroke = cursor;
}

export function move(event) {
  if (!painting) return;
  cursor = picture.pixel(event);
  if (stroke) {
    painting.dab(stroke, cursor, +by("size").value);
    stroke = cursor;
  }
  draw();
}

export function up() {
  stroke = null;
}
