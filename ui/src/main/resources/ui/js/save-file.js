import { element } from "./element.js";

/** Has the browser save what was fetched, under a name. */
export function saveFile(name, blob) {
  const address = URL.createObjectURL(blob);
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // Once the browser has surely begun to read it.
}
