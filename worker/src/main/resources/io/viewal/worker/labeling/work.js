// What an answer takes: clicks and keys, and seconds.

/** A pause between two actions counts as work up to here. */
const LONGEST_PAUSE_S = 30;

let clicks = 0, seconds = 0, active = performance.now();

/** Something was done; a click or key when it is counted. */
export function act(counted) {
  const now = performance.now();
  seconds += Math.min(LONGEST_PAUSE_S, (now - active) / 1000);
  active = now;
  if (counted) clicks++;
}

/** Another region is shown. */
export function begin() {
  [clicks, seconds, active] = [0, 0, performance.now()];
}

export const effort = () => ({clicks, seconds: Math.round(seconds * 1000) / 1000});
