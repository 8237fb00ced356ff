import { announce } from "./announcer.js";
import { refreshCollections } from "./choose-collection.js";
import { button, byId, element } from "./element.js";
import { refreshOversight } from "./load-oversight.js";
import { sendJson } from "./request.js";
import { strings } from "./strings.js";
import { once, submission, Unfit } from "./submit-form.js";

const words = strings.acts;

async function decide(act, title, step, json) {
  const decided = await sendJson(`/api/acts/${encodeURIComponent(act.id)}/${step}`, { method: "POST", json });
  byId("acts-heading").focus();
  announce(words.announced(title, words.states[decided.state] ?? decided.state));
  await Promise.all([refreshOversight(), refreshCollections()]); // An act may have ended a collection.
}

/** Buttons for what the reader may do with an act that waits: `own` to withdraw it, else to approve or reject it. */
export function decisionOn(act, title, own) {
  const problemId = `act-${act.id}-problem`;
  const reasonId = `act-${act.id}-reason`;
  const place = element("div", {});
  const labelled = (text) => ({ "aria-label": words.labelled(text, title) });
  const back = (testId) =>
    button(strings.oversight.back, { class: "second", "data-testid": "decide-later" }, () => {
      offer();
      place.querySelector(`[data-testid=${testId}]`).focus();
    });

  function offer() {
    const withdraw = () => decide(act, title, "withdraw");
    const choices = own
      ? [button(words.withdraw, { class: "second", ...labelled(words.withdraw), "data-testid": "withdraw-act" }, once(problemId, withdraw))]
      : [
          button(words.approve, { ...labelled(words.approve), "data-testid": "approve-act" }, askApproval),
          button(words.reject, { class: "second", ...labelled(words.reject), "data-testid": "reject-act" }, askReason),
        ];
    byId(problemId)?.replaceChildren();
    place.replaceChildren(element("p", { class: "buttons" }, ...choices));
  }

  function askApproval() {
    const yes = button(words.approveIndeed, { "data-testid": "confirm-approve-act" }, once(problemId, () => decide(act, title, "approve")));
    const later = back("approve-act");
    const group = { role: "group", "aria-label": words.approveQuestion };
    place.replaceChildren(element("div", group, element("p", {}, words.approveQuestion), element("p", { class: "buttons" }, yes, later)));
    later.focus();
  }

  async function reject() {
    const reason = byId(reasonId).value.trim();
    if (!reason) throw new Unfit(words.noRejectReason, reasonId);
    await decide(act, title, "reject", { reason });
  }

  function askReason() {
    const attributes = { id: reasonId, rows: 2, required: true, maxlength: 1000, autocomplete: "off", "aria-describedby": problemId };
    const reason = element("textarea", { ...attributes, "data-testid": "reject-reason" });
    const send = element("button", { type: "submit", "data-testid": "confirm-reject-act" }, words.reject);
    const form = element("form", { novalidate: true, on: { submit: submission(problemId, reject) } });
    const label = element("label", { for: reasonId }, words.rejectReason);
    form.append(label, reason, element("p", { class: "buttons" }, send, back("reject-act")));
    place.replaceChildren(form);
    reason.focus();
  }

  offer();
  return place;
}
