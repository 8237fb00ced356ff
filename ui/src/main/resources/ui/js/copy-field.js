import { element } from "./element.js";

let fields = 0;

/** A text to copy, all of it marked as soon as the field has the focus. Pages without TLS have no clipboard to write to. */
export function copyField(label, text, testId) {
  const id = `copy-${++fields}`;
  const mark = (event) => event.target.select();
  const attributes = { id, type: "text", readonly: true, value: text, autocomplete: "off", spellcheck: "false" };
  const field = element("input", { ...attributes, class: "code", "data-testid": testId, on: { focus: mark, click: mark } });
  return element("div", { class: "field wide" }, element("label", { for: id }, label), field);
}
