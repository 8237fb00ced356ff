import assert from "node:assert/strict";
import { test } from "node:test";
import { findQuote } from "../../main/resources/ui/js/highlight.js";

test("finds a quote whose white space is spread otherwise", () => {
  const text = "Dose\n6 to 7 years\t240 mg\n\nEvery 6 hours";
  const [start, end] = findQuote(text, "6 to 7 years 240 mg Every");
  assert.equal(text.slice(start, end), "6 to 7 years\t240 mg\n\nEvery");
});

test("takes the characters of a quote literally", () => {
  assert.deepEqual(findQuote("costs $165 (Class B)", "$165 (Class B)"), [6, 20]);
});

test("finds nothing for words that are not there, and for no words", () => {
  assert.equal(findQuote("90 days", "30 days"), null);
  assert.equal(findQuote("90 days", " "), null);
  assert.equal(findQuote("90 days", null), null);
});
