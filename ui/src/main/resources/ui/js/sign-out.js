import { forgetDraft } from "./keep-draft.js";
import { byId } from "./element.js";
import { sendJson } from "./request.js";
import { strings } from "./strings.js";

async function end(path, problem) {
  try {
    await sendJson(path, { method: "POST" });
  } catch (error) {
    if (error.status !== 401) {
      problem.textContent = strings.page.notSignedOut;
      return;
    }
  }
  forgetDraft();
  location.replace("/");
}

/** Lets the reader sign out, here or in every browser. */
export function startSigningOut() {
  byId("sign-out").addEventListener("click", () => end("/api/sign-out", byId("session-problem")));
  const everywhere = () => end("/api/account/sign-out-everywhere", byId("sessions-problem"));
  byId("sign-out-everywhere").addEventListener("click", everywhere);
}
