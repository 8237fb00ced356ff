import { element } from "./element.js";

/** Facts as label and content of each. */
export function factList(facts) {
  return element("dl", {}, ...facts.flatMap(([label, content]) => [element("dt", {}, label), element("dd", {}, content)]));
}
