import { byId } from "./element.js";
import { sendJson } from "./request.js";
import { state } from "./state.js";

let latest = 0;

/** Fetches the reader's own account, for every part of the page that shows something of it. */
export async function refreshAccount() {
  const request = ++latest;
  try {
    const account = await sendJson("/api/account");
    if (request !== latest) return;
    byId("account-problem").textContent = "";
    state.account = { ...account, person: { ...account.person, roles: account.person.roles ?? [] } };
  } catch (error) {
    if (request === latest) byId("account-problem").textContent = error.message;
  }
}

/** Fetches the account at first, and anew whenever the reader looks at it. */
export function startAccount() {
  state.addEventListener("view", () => {
    if (state.view === "account" || !state.account) refreshAccount();
  });
}
