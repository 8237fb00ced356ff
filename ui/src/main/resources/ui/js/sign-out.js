import { forgetDraft } from "./keep-draft.js";
import { byId } from "./element.js";
import { sendJson } from "./request.js";
import { strings } from "./strings.js";

async function signOut() {
  try {
    await sendJson("/api/sign-out", { method: "POST" });
  } catch (error) {
    if (error.status !== 401) {
      byId("session-problem").textContent = strings.page.notSignedOut;
      return;
    }
  }
  forgetDraft();
  location.replace("/");
}

/** Shows who is signed in, and lets them sign out. */
export async function startSession() {
  byId("sign-out").addEventListener("click", signOut);
  try {
    byId("principal").textContent = (await sendJson("/api/session")).principal;
  } catch {
    byId("principal").textContent = ""; // The status line reports a lost connection.
  }
}
