import { announce } from "./announcer.js";
import { copyField } from "./copy-field.js";
import { byId, element } from "./element.js";
import { inFours } from "./group-secret.js";
import { refreshAccount } from "./load-account.js";
import { qrCode } from "./qr-code.js";
import { sendJson } from "./request.js";
import { showOnce } from "./show-once.js";
import { state } from "./state.js";
import { strings } from "./strings.js";
import { once, onSubmit, Unfit } from "./submit-form.js";

const words = strings.secondFactor;
const PROBLEM = "second-factor-problem";

function post(step, json) {
  return sendJson(`/api/account/second-factor${step}`, { method: "POST", json });
}

function codeOf(fieldId) {
  const code = byId(fieldId).value.trim();
  if (!code) throw new Unfit(words.noCode, fieldId);
  return code;
}

function show() {
  const { secondFactor, recoveryCodesLeft } = state.account;
  byId("second-factor-state").textContent = secondFactor ? words.isSet(recoveryCodesLeft) : words.isNotSet;
  byId("second-factor-begin").hidden = secondFactor || !byId("second-factor-enrolment").hidden;
  byId("second-factor-end-form").hidden = !secondFactor;
}

async function begin() {
  const { secret, uri, qr } = await post("");
  const grouped = element("p", { class: "code", "data-testid": "second-factor-secret" }, inFours(secret));
  const address = copyField(words.uri, uri, "second-factor-uri");
  const typed = element("div", {}, element("p", { class: "soft" }, words.secret), grouped, address);
  byId("second-factor-secret").replaceChildren(qrCode(qr, words.scan, "second-factor-qr"), typed);
  byId("second-factor-begin").hidden = true;
  byId("second-factor-enrolment").hidden = false;
  byId("second-factor-code").focus();
}

function forgetSecret() {
  byId("second-factor-enrolment").hidden = true;
  byId("second-factor-enrolment").reset();
  byId("second-factor-secret").replaceChildren();
}

async function confirm() {
  // An app shows "123 456", and people type what they see.
  const code = codeOf("second-factor-code").replaceAll(" ", "");
  const { recoveryCodes } = await post("/confirm", { code });
  forgetSecret();
  const list = element("ul", { class: "code" }, ...recoveryCodes.map((one) => element("li", { "data-testid": "recovery-code" }, one)));
  showOnce(byId("recovery-codes"), words.codes, byId("second-factor-heading"), element("p", {}, words.printCodes), list);
  await refreshAccount();
}

async function end() {
  await post("/end", { code: codeOf("second-factor-end-code").replaceAll(" ", "") });
  byId("second-factor-end-form").reset();
  byId("second-factor-heading").focus();
  announce(words.ended);
  await refreshAccount();
}

/** Lets the reader set up a second factor, or end it. */
export function startSecondFactor() {
  state.addEventListener("account", show);
  byId("second-factor-begin").addEventListener("click", once(PROBLEM, begin));
  onSubmit("second-factor-enrolment", PROBLEM, confirm);
  onSubmit("second-factor-end-form", PROBLEM, end);
}
