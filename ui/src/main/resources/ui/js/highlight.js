import { element } from "./element.js";

/** Where the quote stands in the text, as [start, end), blind to how white space is spread; null if it does not. */
export function findQuote(text, quote) {
  const words = (quote ?? "").trim().split(/\s+/).filter(Boolean);
  if (!words.length) return null;
  const pattern = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+");
  const match = new RegExp(pattern).exec(text);
  return match ? [match.index, match.index + match[0].length] : null;
}

/** The passage between what stands before and after it, with the quote marked; without a quote found, all of it. */
export function highlight({ before, text, after }, quote) {
  const span = findQuote(text, quote);
  const [start, end] = span ?? [0, text.length];
  const passage = element(
    "span",
    { class: "passage", "data-testid": "passage-text" },
    text.slice(0, start),
    element("mark", { "data-testid": "passage-mark" }, text.slice(start, end)),
    text.slice(end),
  );
  const outside = (part) => element("span", { class: "around" }, part ?? "");
  const excerpt = element("div", { class: "excerpt", tabindex: "0" }, outside(before), passage, outside(after));
  return { quoted: Boolean(span) || !quote, excerpt };
}
