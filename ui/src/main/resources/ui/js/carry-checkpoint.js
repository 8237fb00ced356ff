import { byId, element } from "./element.js";
import { queryOf } from "./evidence-rules.js";
import { qrCode } from "./qr-code.js";
import { send, sendJson } from "./request.js";
import { saveFile } from "./save-file.js";
import { strings } from "./strings.js";
import { once, Unfit } from "./submit-form.js";

const words = strings.carry;
const ROUTE = "/api/audit/witnesses/submission";

function query() {
  const since = byId("carry-since");
  if (!since.validity.valid) throw new Unfit(words.badSince, "carry-since");
  since.removeAttribute("aria-invalid");
  const wanted = queryOf({ since: since.value.trim() });
  return wanted && `?${wanted}`;
}

async function download() {
  const response = await send(ROUTE + query(), { accept: "text/plain" });
  saveFile("checkpoint", await response.blob());
}

function drawing({ rows }, index, { length }) {
  const label = length > 1 ? words.codeOf(index + 1, length) : words.code;
  const caption = length > 1 ? [element("figcaption", {}, words.caption(index + 1, length))] : [];
  return element("figure", {}, qrCode(rows, label, "checkpoint-qr"), ...caption);
}

async function show() {
  const { codes = [] } = await sendJson(`${ROUTE}/codes${query()}`);
  byId("carry-codes").replaceChildren(...codes.map(drawing));
  byId("carry-codes").scrollIntoView({ block: "nearest" });
}

/** Gives an officer the checkpoint that is carried to a witness, as a file or as a code. */
export function startCarryingCheckpoints() {
  byId("carry-download").addEventListener("click", once("carry-problem", download));
  byId("carry-show").addEventListener("click", once("carry-problem", show));
}
