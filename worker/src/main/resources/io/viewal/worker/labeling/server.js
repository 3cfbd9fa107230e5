// What the page and its server say to each other. An answer stays in the tab until the server has it, over a reload too.

const TOKEN = document.querySelector("meta[name=viewal-token]").content;
const PENDING = "viewal-pending";
const RETRY_MS = 3000;

/** This tab: the server hands no region to two of them. */
export const session = sessionStorage.getItem("viewal-session") ?? crypto.randomUUID();
sessionStorage.setItem("viewal-session", session);

/** The server refused: its sentence. */
export class Refused extends Error {}

async function call(path, body) {
  const response = await fetch(path, {
    method: body ? "POST" : "GET",
    headers: {"X-Viewal-Token": TOKEN, ...(body && {"Content-Type": "application/json"})},
    body: body && JSON.stringify(body),
  });
  if (response.ok) return response.json();
  const {error} = await response.json();
  if (response.status === 403) {
    // The server was started again; its page has the new token, and this tab keeps what it has not sent.
    if (performance.getEntriesByType("navigation")[0]?.type !== "reload") location.reload();
    throw new Refused(error);
  }
  if (response.status < 500) throw new Refused(error);
  throw new Error(error);
}

export const round = () => call("api/round");
export const next = count => call("api/next", {session, count});
export const views = digest => call(`api/views/${digest}`);
export const answered = () => call("api/answered");

/** Answers that the server may not have. */
export const pending = () => JSON.parse(sessionStorage.getItem(PENDING) ?? "[]");
const keep = answers => sessionStorage.setItem(PENDING, JSON.stringify(answers));

let sending = Promise.resolve();

/** When all that was said is sent. */
export const settled = () => sending;

/** Sends an answer, again and again until the server has taken or refused it; in the order of the answers. */
export function send(answer, tell) {
  keep([...pending(), answer]);
  sending = sending.then(() => deliver(answer, tell));
  return sending;
}

/** Sends what an earlier load of the page could not. */
export const resend = tell => Promise.all(pending().map(answer => (sending = sending.then(() => deliver(answer, tell)))));

async function deliver(answer, tell) {
  for (;;) {
    try {
      const progress = await call("api/answers", answer);
      keep(pending().filter(other => other.id !== answer.id));
      tell("");
      return progress;
    } catch (error) {
      if (error instanceof Refused) {
        keep(pending().filter(other => other.id !== answer.id));
        tell(error.message);
        return null;
      }
      tell(`Your answer is not stored yet; it is sent again. ${error.message}`);
      await new Promise(done => setTimeout(done, RETRY_MS));
    }
  }
}
