import { announce } from "./announcer.js";
import { byId, element } from "./element.js";
import { refreshOversight } from "./load-oversight.js";
import { sendJson } from "./request.js";
import { strings } from "./strings.js";
import { submission, Unfit } from "./submit-form.js";

const words = strings.reviews;
const VERDICTS = ["justified", "not-justified"];

async function send(emergency, prefix) {
  const verdict = VERDICTS.find((one) => byId(`${prefix}-${one}`).checked);
  if (!verdict) throw new Unfit(words.noVerdict, `${prefix}-${VERDICTS[0]}`);
  const json = { justified: verdict === "justified", remark: byId(`${prefix}-remark`).value.trim() };
  await sendJson(`/api/emergencies/${encodeURIComponent(emergency.id)}/review`, { method: "POST", json });
  byId("reviews-heading").focus();
  announce(words.done(emergency.person, emergency.collection));
  await refreshOversight();
}

function choice(prefix, verdict) {
  const id = `${prefix}-${verdict}`;
  const attributes = { type: "radio", id, name: prefix, value: verdict, required: true, "data-testid": `verdict-${verdict}` };
  return element("div", { class: "choice" }, element("input", attributes), element("label", { for: id }, words.verdicts[verdict]));
}

/** A form for what a compliance officer found of an emergency. */
export function reviewForm(emergency) {
  const prefix = `review-${emergency.id}`;
  const problemId = `${prefix}-problem`;
  const remark = { id: `${prefix}-remark`, rows: 2, maxlength: 1000, autocomplete: "off", "data-testid": "review-remark" };
  return element(
    "form",
    { novalidate: true, "data-testid": "review-form", on: { submit: submission(problemId, () => send(emergency, prefix)) } },
    element("fieldset", { "aria-describedby": problemId }, element("legend", {}, words.verdict), ...VERDICTS.map((verdict) => choice(prefix, verdict))),
    element("div", { class: "field" }, element("label", { for: remark.id }, words.remark), element("textarea", remark)),
    element("p", { id: problemId, class: "problem", role: "alert", "data-testid": "review-problem" }),
    element("button", { type: "submit", "data-testid": "send-review" }, words.send),
  );
}
