export const byId = (id) => document.getElementById(id);

/**
 * Makes an element. Strings among the children become text nodes, so data can never turn into markup; null and
 * undefined are left out. Attributes: true sets an empty one, false and null leave it out, `on` holds listeners.
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  const { on = {}, ...plain } = attributes;
  for (const [name, value] of Object.entries(plain)) {
    if (value !== false && value != null) made.setAttribute(name, value === true ? "" : value);
  }
  for (const [name, listener] of Object.entries(on)) made.addEventListener(name, listener);
  made.append(...children.flat().filter((child) => child != null));
  return made;
}

/** A cell of a table, which carries the heading of its column for screens too narrow to show one. */
export function cell(label, ...content) {
  return element("td", { "data-label": label }, ...content);
}

/** A button that does not submit a form. */
export function button(text, attributes, onClick) {
  return element("button", { type: "button", ...attributes, on: { click: onClick } }, text);
}
