import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const root = new URL("../../main/resources/ui/", import.meta.url);
const page = readFileSync(new URL("index.html", root), "utf8");
const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);

test("gives each id once", () => {
  assert.deepEqual(ids.filter((id, index) => ids.indexOf(id) !== index), []);
});

test("has every element that a module looks for", () => {
  const modules = readdirSync(new URL("js/", root)).map((name) => readFileSync(new URL(`js/${name}`, root), "utf8"));
  const wanted = modules.flatMap((text) => [...text.matchAll(/byId\("([^"]+)"\)/g)].map(([, id]) => id));
  assert.ok(wanted.length > 50);
  assert.deepEqual(wanted.filter((id) => !ids.includes(id)), []);
});

test("has every element that another one refers to", () => {
  const pattern = /\s(?:for|aria-labelledby|aria-describedby)="([^"]+)"/g;
  const named = [...page.matchAll(pattern)].flatMap(([, list]) => list.split(" "));
  assert.deepEqual(named.filter((id) => !ids.includes(id)), []);
});
