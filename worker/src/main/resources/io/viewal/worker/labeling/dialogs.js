// The dialogs: who labels, why a region is skipped, what was answered, which keys there are.

import * as picture from "./picture.js";
import * as server from "./server.js";

const by = id => document.getElementById(id);
const NAME = "viewal-annotator";

const KEYS = [
  ["⏎", "accept the model's guess; when painting: done"], ["a…z", "the class with that key"], ["⇧M", "several classes"],
  ["⇧S", "skip, with a reason"], ["⌫", "undo"], ["⇧R", "review answered regions"], ["/", "search a class"],
  ["+ − 0", "zoom; whole image or region"], ["← ↑ → ↓", "move the image; when painting: the cursor"],
  ["Space", "when painting: a dab, or a corner"], ["[ ]", "brush size"], ["⇧B ⇧P", "brush, polygon"],
  ["⇧F ⇧G", "fill with the class; with the model's guess"], ["⇧H", "outline on or off"], ["Esc", "leave painting"]];

/** Who labels; empty as long as nobody has said so. */
export const annotator = () => localStorage.getItem(NAME) ?? "";

export function askName() {
  by("name").value = annotator();
  by("name-dialog").showModal();
}

export function skip() {
  by("note").value = "";
  by("skip-dialog").returnValue = "";
  by("skip-dialog").showModal();
}

/** A digit chooses a reason. */
export function skipKey(event) {
  const button = by("skip-dialog").querySelectorAll("[name=reason]")[+event.key - 1];
  if (button && event.target !== by("note")) {
    event.preventDefault();
    button.click();
  }
}

/** Shows the newest answers; one that is chosen is asked again. */
export async function review(again) {
  const entries = await server.answered();
  by("answered").replaceChildren(...entries.map(({region, answer, annotator: who, color}) => {
    const element = document.createElement("button");
    const swatch = document.createElement("i"), caption = document.createElement("span"), name = document.createElement("span");
    swatch.className = "swatch";
    swatch.style.background = color;
    caption.append(swatch, answer);
    name.className = "quiet";
    name.textContent = who;
    element.append(picture.small(region.image, region.outline, region.box, .3), caption, name);
    element.addEventListener("click", () => {
      by("review-dialog").close();
      again(region);
    });
    return element;
  }));
  by("review-dialog").showModal();
}

export function help() {
  by("keys").replaceChildren(...KEYS.flatMap(([keys, what]) => {
    const term = document.createElement("dt"), text = document.createElement("dd");
    term.append(...keys.split(" ").map(key => Object.assign(document.createElement("kbd"), {textContent: key})));
    text.textContent = what;
    return [term, text];
  }));
  by("help-dialog").showModal();
}

/** Tells when somebody has a name, and when a region is skipped. */
export function listen(named, skipped) {
  by("name-dialog").addEventListener("cancel", event => annotator() || event.preventDefault());
  by("name-dialog").addEventListener("close", () => {
    const given = by("name").value.trim();
    if (given) localStorage.setItem(NAME, given);
    named();
  });
  by("skip-dialog").addEventListener("close", () => {
    const reason = by("skip-dialog").returnValue;
    by("viewer").focus();
    if (reason) skipped({kind: "Skipped", reason, note: by("note").value});
  });
}
