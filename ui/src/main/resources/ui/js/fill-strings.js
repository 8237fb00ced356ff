import { strings } from "./strings.js";

const lookUp = (key) => key.split(".").reduce((part, name) => part[name], strings);

/** Puts the words of strings.js into every element of the page that names one. */
export function fillStrings(root = document) {
  for (const element of root.querySelectorAll("[data-string]")) {
    element.textContent = lookUp(element.dataset.string);
  }
  for (const element of root.querySelectorAll("[data-string-label]")) {
    element.setAttribute("aria-label", lookUp(element.dataset.stringLabel));
  }
}
