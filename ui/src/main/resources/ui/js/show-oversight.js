import { announce } from "./announcer.js";
import { byId, element } from "./element.js";
import { countingRoles, oversees, reviews, waitingFor } from "./oversight-rules.js";
import { state } from "./state.js";
import { strings } from "./strings.js";

const words = strings.oversight;
let before = 0;

function showParts() {
  const { account } = state;
  const has = oversees(account.person.roles);
  const counts = oversees(countingRoles(account));
  byId("view-oversight-link").hidden = !has;
  byId("oversight-parts").hidden = !counts;
  byId("reviews").hidden = !reviews(account);
  byId("oversight-notice").hidden = counts;
  const remedy = element("p", {}, element("a", { href: "#account" }, words.toAccount));
  const text = element("p", {}, has ? words.noSecondFactor : words.noRole);
  byId("oversight-notice").replaceChildren(text, ...(has ? [remedy] : []));
}

function showCount() {
  const waiting = waitingFor(state.oversight, state.account);
  byId("oversight-count").hidden = !waiting;
  byId("oversight-count").replaceChildren(String(waiting), element("span", { class: "unseen" }, words.waiting));
  if (waiting > before) announce(words.announced(waiting));
  before = waiting;
}

/** Shows who may come here how much waits for them, and others why they may not. */
export function startShowingOversight() {
  state.addEventListener("account", showParts);
  state.addEventListener("oversight", showCount);
}
