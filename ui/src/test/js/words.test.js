import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { place } from "../../main/resources/ui/js/place.js";
import { strings } from "../../main/resources/ui/js/strings.js";
import { ago } from "../../main/resources/ui/js/time.js";

const page = readFileSync(new URL("../../main/resources/ui/index.html", import.meta.url), "utf8");

test("has words for every element of the page that asks for some", () => {
  const keys = [...page.matchAll(/data-string(?:-label)?="([^"]+)"/g)].map(([, key]) => key);
  assert.ok(keys.length > 20);
  for (const key of keys) {
    assert.equal(typeof key.split(".").reduce((part, name) => part?.[name], strings), "string", key);
  }
});

test("names the place of a citation after the kind of its document", () => {
  assert.equal(place({ document: "a/rates.xlsx", page: 2, anchor: null }), "sheet 2");
  assert.equal(place({ document: { path: "a/b.pdf" }, page: 4, anchor: "6. Children > 6.2" }), "page 4 · 6. Children > 6.2");
  assert.equal(place({ document: "a/b.docx", page: null, anchor: null }), "");
});

test("gives an age in its largest whole unit", () => {
  assert.equal(ago(0.4), "0 seconds ago");
  assert.equal(ago(61), "1 minute ago");
  assert.equal(ago(7_300), "2 hours ago");
  assert.equal(ago(400_000), "4 days ago");
});
