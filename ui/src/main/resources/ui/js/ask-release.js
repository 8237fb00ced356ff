import { announce } from "./announcer.js";
import { button, byId, element } from "./element.js";
import { MIN_REASON } from "./evidence-rules.js";
import { refreshOversight } from "./load-oversight.js";
import { sendJson } from "./request.js";
import { strings } from "./strings.js";
import { submission, Unfit } from "./submit-form.js";

const words = strings.holds;

async function send(hold, reasonId) {
  const reason = byId(reasonId).value.trim();
  if (reason.length < MIN_REASON) throw new Unfit(strings.retention.shortReason(MIN_REASON), reasonId);
  await sendJson("/api/acts", { method: "POST", json: { kind: "release-hold", parameters: { hold: hold.id }, reason } });
  byId("holds-heading").focus();
  announce(words.releaseDone);
  await refreshOversight();
}

/** A button, and behind it a form, by which an officer asks for the release of a hold. */
export function askRelease(hold, title) {
  const reasonId = `release-${hold.id}-reason`;
  const problemId = `release-${hold.id}-problem`;
  const hintId = `release-${hold.id}-hint`;
  const place = element("div", {});

  function offer() {
    const open = button(words.release, { class: "second", "aria-label": `${words.release}: ${title}`, "data-testid": "release-hold" }, ask);
    place.replaceChildren(open);
    return open;
  }

  function ask() {
    const about = { id: reasonId, rows: 2, required: true, maxlength: 1000, autocomplete: "off", "aria-describedby": `${hintId} ${problemId}` };
    const reason = element("textarea", { ...about, "data-testid": "release-reason" });
    const later = button(strings.oversight.back, { class: "second" }, () => offer().focus());
    const sendIt = element("button", { type: "submit", "data-testid": "ask-release" }, words.releaseSend);
    place.replaceChildren(
      element(
        "form",
        { novalidate: true, on: { submit: submission(problemId, () => send(hold, reasonId)) } },
        element("label", { for: reasonId }, words.releaseReason),
        element("p", { id: hintId, class: "soft" }, words.releaseHint),
        reason,
        element("p", { id: problemId, class: "problem", role: "alert", "data-testid": "release-problem" }),
        element("p", { class: "buttons" }, sendIt, later),
      ),
    );
    reason.focus();
  }

  offer();
  return place;
}
