import { button, element } from "./element.js";
import { sendJson } from "./request.js";
import { strings } from "./strings.js";

const words = strings.receipt;

function fact(name, value, testId) {
  return [element("dt", {}, name), element("dd", { "data-testid": testId }, String(value))];
}

function download(path, text, testId) {
  return element("a", { href: path, download: true, class: "download", "data-testid": testId }, text);
}

function shown({ number, index, proof }) {
  const path = `/api/receipts/${number}`;
  return [
    element("p", {}, words.explain),
    element("dl", {}, ...fact(words.number, number, "receipt-number"), ...fact(words.index, index, "receipt-index")),
    element("p", { class: "buttons" }, download(`${path}/proof`, words.downloadProof, "download-proof"), download(`${path}/record`, words.downloadRecord, "download-record")),
    element("h4", {}, words.proof),
    element("pre", { tabindex: "0", "aria-label": words.proof, "data-testid": "receipt-proof" }, proof),
    element("p", {}, words.verify),
  ];
}

async function load(number, body) {
  body.replaceChildren(element("p", { class: "soft" }, words.loading));
  try {
    body.replaceChildren(...shown(await sendJson(`/api/receipts/${number}`)));
  } catch (error) {
    const again = button(words.retry, { class: "second" }, () => load(number, body));
    body.replaceChildren(element("p", { class: "notice bad", role: "alert" }, error.message), again);
  }
}

/** A folded receipt that is fetched when it is first opened. */
export function receiptOf(number) {
  const body = element("div", { "data-testid": "receipt-body" });
  const details = element("details", { class: "receipt", "data-testid": "receipt" }, element("summary", {}, words.summary(number)), body);
  details.addEventListener("toggle", () => details.open && !body.children.length && load(number, body));
  return details;
}
