import { byId } from "./element.js";
import { queryOf } from "./evidence-rules.js";
import { offerOutcomes, selection } from "./find-questions.js";
import { send } from "./request.js";
import { saveFile } from "./save-file.js";
import { strings } from "./strings.js";
import { onSubmit, Unfit } from "./submit-form.js";

const words = strings.bundle;
const NAME = "evidence.zip";

function wanted() {
  const number = byId("bundle-number").value.trim();
  if (number && !/^[1-9]\d{0,14}$/.test(number)) throw new Unfit(strings.find.noNumber, "bundle-number");
  const shard = byId("bundle-shard").value;
  return queryOf({ ...selection("bundle"), number, shard, witnessed: byId("bundle-witnessed").checked });
}

async function make() {
  const done = byId("bundle-done");
  const query = wanted();
  done.textContent = words.working;
  byId("bundle-verify").hidden = true;
  try {
    const response = await send(`/api/audit/export?${query}`, { method: "POST", accept: "application/zip, application/problem+json" });
    const bundle = await response.blob();
    saveFile(NAME, bundle);
    done.textContent = words.done(NAME, words.bytes(bundle.size));
    byId("bundle-verify").hidden = false;
  } catch (error) {
    done.textContent = "";
    throw error;
  }
}

/** Lets an officer make a bundle of what was chosen, and saves it. */
export function startExporting() {
  offerOutcomes("bundle-outcome");
  onSubmit("bundle-form", "bundle-problem", make);
}
