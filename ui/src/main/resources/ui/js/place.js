import { strings } from "./strings.js";

function pageWord(path) {
  if (/\.(xlsx|xls|ods|csv)$/i.test(path)) return strings.passage.sheet;
  if (/\.(pptx|ppt|odp)$/i.test(path)) return strings.passage.slide;
  return strings.passage.page;
}

/** Where in its document a citation stands, in words: page, slide or sheet, and heading path; "" where neither is known. */
export function place({ document, page, anchor }) {
  const parts = [];
  if (page != null) parts.push(pageWord(String(document?.path ?? document ?? ""))(page));
  if (anchor) parts.push(anchor);
  return parts.join(" · ");
}

/** The name of a citation's document: its title, or its path where it has none. */
export const titleOf = (citation) => citation.title || citation.document;
