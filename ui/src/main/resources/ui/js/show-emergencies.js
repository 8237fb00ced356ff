import { announce } from "./announcer.js";
import { refreshCollections } from "./choose-collection.js";
import { button, byId, element } from "./element.js";
import { mayAsk, openAt } from "./emergency-rules.js";
import { sendJson } from "./request.js";
import { state } from "./state.js";
import { strings } from "./strings.js";
import { dateAndTime } from "./time.js";

const words = strings.emergency;
const LOOK_EVERY_MILLIS = 5_000;
let open = [];
let asked = false;

async function end(emergency, problem) {
  try {
    await sendJson(`/api/emergencies/${encodeURIComponent(emergency.id)}/close`, { method: "POST" });
  } catch (error) {
    problem.textContent = error.message;
    return;
  }
  byId("main").focus();
  keep(open.filter(({ id }) => id !== emergency.id));
}

function notice(emergency) {
  const problem = element("p", { class: "problem", role: "alert" });
  const label = words.endLabel(emergency.collection);
  const hooks = { "data-testid": "emergency-notice", "data-collection": emergency.collection };
  return element(
    "div",
    { class: "notice warn", role: "group", "aria-label": words.heading, ...hooks },
    element("span", {}, words.until(emergency.collection, dateAndTime(emergency.endsAt))),
    button(words.end, { class: "plain", "aria-label": label, "data-testid": "end-emergency" }, () => end(emergency, problem)),
    problem,
  );
}

function show() {
  byId("emergencies").replaceChildren(...open.map(notice));
}

function keep(remaining) {
  const ended = open.filter((emergency) => !remaining.includes(emergency));
  open = remaining;
  show();
  for (const { collection } of ended) announce(words.ended(collection));
  if (ended.length) refreshCollections();
}

function dropEnded() {
  const remaining = openAt(open, Date.now());
  if (remaining.length < open.length) keep(remaining);
}

/** Shows that a collection has been opened. */
export function addEmergency(emergency) {
  open = [emergency, ...open];
  show();
  announce(words.until(emergency.collection, dateAndTime(emergency.endsAt)));
}

async function load() {
  if (asked || !mayAsk(state.account.person.roles)) return;
  asked = true;
  try {
    const { emergencies = [] } = await sendJson("/api/emergencies");
    const known = new Set(open.map(({ id }) => id));
    open = [...open, ...openAt(emergencies, Date.now()).filter(({ id }) => !known.has(id))];
    show();
  } catch {
    asked = false; // Tried again when the account is next told.
  }
}

/** Shows which collections the reader has open in an emergency, after a reload too, until each is over. */
export function startListingEmergencies() {
  state.addEventListener("account", load);
  // Rather than one timer for each: those stand still while the machine sleeps.
  setInterval(dropEnded, LOOK_EVERY_MILLIS);
}
