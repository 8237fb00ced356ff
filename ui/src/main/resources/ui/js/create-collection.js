import { announce } from "./announcer.js";
import { refreshCollections } from "./choose-collection.js";
import { byId } from "./element.js";
import { sendJson } from "./request.js";
import { strings } from "./strings.js";

const NAME = /^[a-z0-9._-]{1,64}$/;

async function create(event) {
  event.preventDefault();
  const field = byId("collection-name");
  const name = field.value.trim();
  const fits = NAME.test(name);
  byId("collection-problem").textContent = fits ? "" : strings.collections.badName;
  field.setAttribute("aria-invalid", String(!fits));
  if (!fits) return field.focus();
  try {
    await sendJson("/api/collections", { method: "POST", json: { name } });
  } catch (error) {
    byId("collection-problem").textContent = error.message;
    return;
  }
  field.value = "";
  await refreshCollections(name);
  announce(strings.collections.created(name));
}

export function startCreatingCollection() {
  byId("create-collection").addEventListener("submit", create);
}
