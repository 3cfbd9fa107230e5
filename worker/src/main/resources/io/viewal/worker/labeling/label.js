// The labeling page: one region at a time, by keyboard or pointer.

import * as server from "./server.js";
import * as picture from "./picture.js";
import * as palette from "./palette.js";
import * as dialogs from "./dialogs.js";
import * as painter from "./painter.js";
import * as pointer from "./pointer.js";
import * as work from "./work.js";

const by = id => document.getElementById(id);
const AHEAD = 3;
const PAN = 40;

let round, queue = [], done = [];
const pace = [];
const viewsOf = new Map();

// ---- regions

async function fillQueue() {
  const {regions, progress} = await server.next(AHEAD + server.pending().length);
  // An answer may have been given meanwhile, of which the server did not know.
  const known = new Set([...queue, ...done].map(region => region.digest));
  for (const region of regions) {
    if (known.has(region.digest)) continue;
    queue.push(region);
    new Image().src = region.image;
  }
  showProgress(progress);
  return progress;
}

async function show() {
  painter.leave();
  const region = queue[0];
  document.querySelector("main").hidden = !region;
  by("done").hidden = !!region;
  if (!region) return showDone();
  picture.show(region);
  // A model that has learned nothing yet guesses nothing.
  const guess = round.classes[region.guess];
  by("accept").disabled = !guess;
  by("guess").textContent = guess?.name ?? "none yet";
  by("guess-color").style.background = guess?.color ?? "transparent";
  by("share").textContent = guess ? `${Math.round(region.share * 100)} % of it` : "";
  by("place").textContent = `${region.scene} / ${region.frame}`;
  by("spoken").textContent =
    `Region in frame ${region.frame} of scene ${region.scene}. `
    + (guess ? `The model's guess: ${guess.name}. Enter accepts.` : "Choose a class.");
  by("search").value = "";
  palette.draw();
  by("viewer").focus({preventScroll: true});
  work.begin();
  await showViews(region);
  if (queue[1]) views(queue[1]);
}

function views(region) {
  const {digest} = region;
  if (!viewsOf.has(digest)) {
    viewsOf.set(digest, server.views(digest).catch(error => {
      viewsOf.delete(digest);
      tell(error.message);
      return [];
    }));
  }
  return viewsOf.get(digest);
}

async function showViews(region) {
  by("views").replaceChildren();
  const found = await views(region);
  if (queue[0] !== region) return;
  by("views").replaceChildren(...found.map(view => {
    const figure = document.createElement("figure"), caption = document.createElement("figcaption");
    caption.textContent = view.frame;
    const drawn = picture.small(view.image, view.outline, view.box, .55);
    drawn.setAttribute("role", "img");
    drawn.setAttribute("aria-label", `The same surface in frame ${view.frame}`);
    figure.append(drawn, caption);
    return figure;
  }));
}

function showProgress({answered, regions}) {
  by("progress").max = regions;
  by("progress").value = answered;
  by("count").textContent = `${answered} of ${regions} regions`;
  const sorted = [...pace].sort((a, b) => a - b);
  const left = sorted.length >= 5 ? sorted[sorted.length >> 1] * (regions - answered) / 60 : 0;
  by("pace").textContent = left >= 1 ? `about ${Math.round(left)} min at your pace` : "";
}

async function showDone() {
  await server.settled();
  const {answered, regions} = await fillQueue();
  if (queue.length) return show();
  const all = answered === regions;
  by("done-title").textContent = all ? "All regions are answered" : "Nothing left for you";
  by("done-text").textContent = all
    ? "Thank you. The round goes on by ‘viewal run’; until then answers can be reviewed."
    : `${regions - answered} regions are with other annotators. Load the page again to see what comes back.`;
  by("spoken").textContent = by("done-title").textContent;
  by("done").focus();
}

// ---- answers

const id = () => crypto.randomUUID();

function say(region, given) {
  const answer = {
    id: id(), session: server.session, annotator: dialogs.annotator(), digest: region.digest,
    imageDigest: region.imageDigest, ...work.effort(), ...given,
  };
  return server.send(answer, tell).then(progress => {
    // What the server refused is asked again.
    if (!progress) done = done.filter(other => other.digest !== region.digest);
    return fillQueue();
  }).catch(error => tell(error.message));
}

function answer(given) {
  const region = queue.shift();
  if (!region) return;
  done.push(region);
  pace.push(work.effort().seconds);
  if (pace.length > 50) pace.shift();
  by("undo").disabled = false;
  say(region, given);
  show();
}

function name(classId) {
  if (painter.on()) return painter.choose(classId);
  if (!queue[0]) return;
  palette.used(classId);
  answer({kind: "OneClass", label: round.classes[classId].name});
}

function accept() {
  if (round.classes[queue[0]?.guess]) name(queue[0].guess);
}

function undo() {
  if (painter.on()) return painter.undo();
  const region = done.pop();
  by("undo").disabled = !done.length;
  if (!region) return;
  done = done.filter(other => other.digest !== region.digest);
  say(region, {kind: "Withdrawn"});
  queue.unshift(region);
  show();
  by("spoken").textContent = "Taken back. " + by("spoken").textContent;
}

function tell(sentence) {
  by("notice").textContent = sentence;
  by("notice").hidden = !sentence;
}

function several() {
  if (!queue[0] || painter.on()) return;
  painter.begin(queue[0], round);
  by("viewer").focus({preventScroll: true});
}

function finish() {
  const runs = painter.finish();
  if (!runs) return;
  const used = new Set(runs.map(([classId]) => classId));
  used.forEach(palette.used);
  answer(used.size === 1 ? {kind: "OneClass", label: round.classes[runs[0][0]].name} : {kind: "Painted", runs});
}

const skip = () => queue[0] && dialogs.skip();

const review = () => dialogs.review(region => {
  queue = [region, ...queue.filter(other => other.digest !== region.digest)];
  show();
}).catch(error => tell(error.message));

// ---- keys

const SHIFTED = {M: several, S: skip, R: review, H: hide, B: () => painter.setTool("brush"),
  P: () => painter.setTool("polygon"), F: painter.fill, G: painter.fillGuess};
const ARROWS = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};
const PLAIN = {"/": () => by("search").focus(), "?": dialogs.help, "+": () => picture.zoom(1.25),
  "=": () => picture.zoom(1.25), "-": () => picture.zoom(.8), "0": picture.toggleFit, "[": () => painter.resize(-1),
  "]": () => painter.resize(1), Backspace: undo};

function hide() {
  const bare = by("viewer").classList.toggle("bare");
  by("hide").setAttribute("aria-pressed", !bare);
}

function searchKey(event) {
  if (event.key === "Enter") {
    const [first] = palette.found();
    event.preventDefault();
    if (first && by("search").value.trim()) name(first.id);
  } else if (event.key === "Escape") {
    by("search").value = "";
    palette.draw();
    by("viewer").focus();
  }
}

function key(event) {
  if (["Shift", "Control", "Alt", "Meta", "Tab"].includes(event.key)) return;
  work.act(!event.repeat);
  if (by("skip-dialog").open) return dialogs.skipKey(event);
  if (document.querySelector("dialog[open]")) return;
  if (event.target === by("search")) return searchKey(event);
  if ((event.ctrlKey || event.metaKey) && event.key === "z") {
    event.preventDefault();
    return undo();
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const onControl = event.target.matches("button, input");
  if (onControl && [" ", "Enter", ...Object.keys(ARROWS)].includes(event.key)) return;
  const action = command(event);
  if (action) {
    event.preventDefault();
    action();
  }
}

function command(event) {
  const painting = painter.on();
  if (event.key === "Enter") return painting ? finish : accept;
  if (event.key === "Escape") return painting && painter.escape;
  if (event.key === " ") return painting && painter.mark;
  if (ARROWS[event.key]) {
    const [dx, dy] = ARROWS[event.key];
    return () => painting ? painter.moveCursor(dx, dy) : picture.pan(-dx * PAN, -dy * PAN);
  }
  if (event.shiftKey && SHIFTED[event.key]) return SHIFTED[event.key];
  const entry = palette.byKey(event.key);
  return entry && !event.shiftKey ? () => name(entry.id) : PLAIN[event.key];
}

// ---- the beginning

function listen() {
  addEventListener("keydown", key);
  addEventListener("pointerdown", () => work.act(true), true);
  addEventListener("pointermove", () => work.act(false), {capture: true, passive: true});
  pointer.listen();
  const commands = {
    accept, several, skip, undo, review, help: dialogs.help, finish,
    cancel: painter.leave, who: dialogs.askName, hide, fit: picture.toggleFit, "zoom-in": () => picture.zoom(1.25),
    "zoom-out": () => picture.zoom(.8), brush: SHIFTED.B, "polygon-tool": SHIFTED.P, fill: SHIFTED.F,
    "fill-guess": SHIFTED.G};
  Object.entries(commands).forEach(([control, action]) => by(control).addEventListener("click", action));
  by("size").addEventListener("input", painter.draw);
  dialogs.listen(() => {
    by("who").textContent = dialogs.annotator();
    by("viewer").focus();
    work.begin();
  }, answer);
}

async function start() {
  round = await server.round();
  round.classes.forEach(entry => entry.rgb = [1, 3, 5].map(at => parseInt(entry.color.slice(at, at + 2), 16)));
  document.title = `Label ${round.name}`;
  by("title").textContent = round.name;
  by("who").textContent = dialogs.annotator();
  picture.size(round.width, round.height);
  palette.set(round.classes, name);
  listen();
  await server.resend(tell);
  await fillQueue();
  await show();
  if (!dialogs.annotator()) dialogs.askName();
  document.body.dataset.ready = "true";
}

start().catch(error => tell(`The page can't begin: ${error.message}`));
