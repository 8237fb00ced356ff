import { byId } from "./element.js";
import { countingRoles, oversees, reviews } from "./oversight-rules.js";
import { sendJson } from "./request.js";
import { state } from "./state.js";

/** What waits does so for days, so that not every look at the appliance's state needs to look here too. */
const LOOK_EVERY_MILLIS = 60_000;
const MOST = 200;
let latest = 0;
let lookedAt = 0;
let kinds = null;

async function fetchAll(officer) {
  const [{ acts = [] }, { emergencies = [] }] = await Promise.all([
    sendJson(`/api/acts?limit=${MOST}`),
    officer ? sendJson("/api/emergencies/to-review") : { emergencies: [] },
  ]);
  kinds ??= (await sendJson("/api/acts/kinds")).kinds ?? [];
  return { kinds, acts, emergencies };
}

/** Fetches anew what waits for a decision or a review, where the reader may see it. */
export async function refreshOversight() {
  const { account } = state;
  if (!account || !oversees(countingRoles(account))) return;
  const request = ++latest;
  lookedAt = Date.now();
  try {
    const oversight = await fetchAll(reviews(account));
    if (request !== latest) return;
    byId("oversight-problem").textContent = "";
    state.oversight = oversight;
  } catch (error) {
    if (request === latest) byId("oversight-problem").textContent = error.message;
  }
}

/** Looks after what waits: at first, when the reader comes to see it, and along with the state of the appliance. */
export function startOversight() {
  state.addEventListener("account", refreshOversight);
  state.addEventListener("view", () => state.view === "oversight" && refreshOversight());
  state.addEventListener("beat", () => Date.now() - lookedAt >= LOOK_EVERY_MILLIS && refreshOversight());
}
