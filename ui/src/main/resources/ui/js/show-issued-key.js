import { copyField } from "./copy-field.js";
import { byId, element } from "./element.js";
import { showOnce } from "./show-once.js";
import { strings } from "./strings.js";

/** Shows the text of a new key, this once. `remark` is one more sentence, or null. */
export function showIssuedKey({ key, text }, remark) {
  showOnce(
    byId("issued-key"),
    strings.keys.issued(key.name),
    byId("keys-heading"),
    element("p", {}, strings.keys.copyNow),
    copyField(strings.keys.text, text, "key-text"),
    ...(remark ? [element("p", {}, remark)] : []),
  );
}
