import { element } from "./element.js";
import { strings } from "./strings.js";

const words = strings.record;

function download(href, text, testId) {
  return element("a", { href, download: true, class: "download", "data-testid": testId }, text);
}

/** Where the receipt of anybody's question is fetched, as two files that the verifier takes as they are. */
export function receiptOf(number) {
  const path = `/api/audit/questions/${number}/receipt`;
  return element(
    "section",
    { class: "part" },
    element("h2", {}, words.receipt),
    element("p", { class: "soft" }, words.receiptExplain),
    element(
      "p",
      { class: "buttons" },
      download(`${path}/proof`, words.downloadProof, "record-proof"),
      download(`${path}/record`, words.downloadRecord, "record-record"),
    ),
  );
}

function entry({ type, shard, index, leaf, sealed }) {
  const label = words.entry(strings.evidence.types[type] ?? type, shard, index);
  const text = JSON.stringify({ leaf, sealed }, null, 2);
  const whole = element("pre", { tabindex: "0", "aria-label": label }, text);
  return element("details", { "data-testid": "record-entry", "data-type": type }, element("summary", {}, label), whole);
}

/** All entries of one number, each folded, as they are on record. */
export function entriesOf(entries) {
  return element("section", { class: "part" }, element("h2", {}, words.entries), ...entries.map(entry));
}
