import { byId } from "./element.js";
import { sendJson } from "./request.js";
import { refreshProof } from "./show-proof.js";
import { strings } from "./strings.js";
import { onSubmit, Unfit } from "./submit-form.js";

const words = strings.carry;

async function take() {
  byId("back-done").textContent = "";
  const [file] = byId("back-file").files;
  const text = file ? await file.text() : byId("back-text").value;
  if (!text.trim()) throw new Unfit(words.noBack, "back-text");
  const { size, witnesses = [], quorum } = await sendJson("/api/audit/witnesses/cosignatures", { method: "POST", text });
  byId("back-form").reset();
  byId("back-done").textContent = [words.taken(size, witnesses), ...(quorum ? [] : [words.needsMore])].join(" ");
  await refreshProof();
}

/** Takes in what a witness without a network signed: pasted, scanned, or as its file. */
export function startTakingCosignatures() {
  onSubmit("back-form", "back-problem", take);
}
