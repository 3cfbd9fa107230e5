// The classes: those used last first, then all; searched by name.

const by = id => document.getElementById(id);
const RECENT = 4;

let classes = [], choose = () => {};
const recent = [];

export function set(all, chosen) {
  [classes, choose] = [all, chosen];
  by("search").addEventListener("input", draw);
  draw();
}

/** Remembers a class that was used. */
export function used(id) {
  const at = recent.indexOf(id);
  if (at >= 0) recent.splice(at, 1);
  recent.unshift(id);
  recent.length = Math.min(recent.length, RECENT);
  draw();
}

export const byKey = key => classes.find(entry => entry.key === key);

/** The classes whose names hold what is searched, those that begin so first. */
export function found() {
  const wanted = by("search").value.trim().toLowerCase();
  const holding = classes.filter(entry => entry.name.toLowerCase().includes(wanted));
  return wanted ? holding.sort((a, b) => b.name.toLowerCase().startsWith(wanted) - a.name.toLowerCase().startsWith(wanted)) : holding;
}

export function button(entry, pressed) {
  const element = document.createElement("button");
  const swatch = document.createElement("i"), name = document.createElement("span");
  swatch.className = "swatch";
  swatch.style.background = entry.color;
  name.textContent = entry.name;
  element.append(swatch, name);
  if (entry.key) {
    const key = document.createElement("kbd");
    key.textContent = entry.key;
    element.append(key);
    element.setAttribute("aria-keyshortcuts", entry.key);
  }
  element.addEventListener("click", pressed);
  return element;
}

export function draw() {
  const palette = by("palette"), searching = by("search").value.trim() !== "";
  palette.replaceChildren();
  const add = (title, entries) => {
    if (!entries.length) return;
    const heading = document.createElement("h3");
    heading.textContent = title;
    palette.append(heading, ...entries.map(entry => button(entry, () => choose(entry.id))));
  };
  if (!searching) add("Used last", recent.map(id => classes[id]));
  add(searching ? "Found" : "All classes", found());
  if (searching) palette.querySelector("button")?.classList.add("sole");
}
