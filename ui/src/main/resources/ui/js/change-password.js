import { byId } from "./element.js";
import { refreshAccount } from "./load-account.js";
import { sendJson } from "./request.js";
import { strings } from "./strings.js";
import { onSubmit, Unfit } from "./submit-form.js";

const words = strings.password;

async function change() {
  byId("password-done").textContent = "";
  const before = byId("password-before").value;
  const password = byId("password-new").value;
  if (!before) throw new Unfit(words.noBefore, "password-before");
  if (!password) throw new Unfit(words.noWanted, "password-new");
  if (password !== byId("password-again").value) throw new Unfit(words.notTheSame, "password-again");
  await sendJson("/api/account/password", { method: "POST", json: { before, password } });
  byId("password-form").reset();
  byId("password-username").value = byId("account-name").textContent;
  byId("password-done").textContent = words.done;
  await refreshAccount();
}

/** Lets the reader change the password. Which passwords are good enough is for the appliance to say. */
export function startChangingPassword() {
  onSubmit("password-form", "password-problem", change);
}
