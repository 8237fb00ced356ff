import { announce } from "./announcer.js";
import { button, byId, cell, element } from "./element.js";
import { keyLimits, keyState } from "./key-rules.js";
import { sendJson } from "./request.js";
import { showIssuedKey } from "./show-issued-key.js";
import { state } from "./state.js";
import { strings } from "./strings.js";
import { once } from "./submit-form.js";
import { dateAndTime } from "./time.js";

const words = strings.keys;
let latest = 0;

const pathOf = (key) => `/api/keys/${encodeURIComponent(key.id)}`;

async function rotate(key) {
  showIssuedKey(await sendJson(`${pathOf(key)}/rotate`, { method: "POST" }), words.rotated);
  await refreshKeys();
}

async function revoke(key) {
  await sendJson(pathOf(key), { method: "DELETE" });
  byId("keys-heading").focus();
  announce(words.revoked(key.name));
  await refreshKeys();
}

function action(text, key, testId, work) {
  return button(text, { class: "plain", "aria-label": words.labelled(text, key.name), "data-testid": testId }, work);
}

/** Takes the place of the buttons until the reader has decided. */
function askWhetherToRevoke(key, place) {
  const keep = action(words.keep, key, "keep-key", () => {
    offer(key, place);
    place.querySelector("[data-testid=revoke-key]").focus();
  });
  const yes = action(words.revokeIndeed, key, "confirm-revoke-key", once("keys-problem", () => revoke(key)));
  const question = words.revokeQuestion(key.name);
  place.replaceChildren(element("div", { role: "group", "aria-label": question }, element("p", {}, question), yes, keep));
  keep.focus();
}

function offer(key, place) {
  place.replaceChildren(
    action(words.rotate, key, "rotate-key", once("keys-problem", () => rotate(key))),
    action(words.revoke, key, "revoke-key", () => askWhetherToRevoke(key, place)),
  );
}

function row(key) {
  const what = keyState(key, Date.now());
  const actions = element("div", { class: "actions" });
  if (what === "counts") offer(key, actions);
  return element(
    "tr",
    { "data-testid": "key", "data-state": what },
    element("th", { scope: "row" }, key.name),
    cell(words.scopes, key.scopes.join(", ")),
    cell(words.limits, keyLimits(key)),
    cell(words.expires, dateAndTime(key.expiresAt)),
    cell(words.used, key.lastUsedAt ? dateAndTime(key.lastUsedAt) : words.neverUsed),
    cell(words.state, words.states[what], actions),
  );
}

/** Lists the reader's own keys anew. */
export async function refreshKeys() {
  const request = ++latest;
  try {
    const { keys = [] } = await sendJson("/api/keys");
    if (request !== latest) return;
    byId("keys-problem").textContent = "";
    byId("keys-body").replaceChildren(...keys.map(row));
    byId("keys").hidden = !keys.length;
    byId("keys-empty").hidden = Boolean(keys.length);
  } catch (error) {
    if (request === latest) byId("keys-problem").textContent = error.message;
  }
}

/** Lists the keys whenever the reader looks at the account. */
export function startListingKeys() {
  state.addEventListener("view", () => state.view === "account" && refreshKeys());
}
