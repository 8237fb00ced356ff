import assert from "node:assert/strict";
import { test } from "node:test";
import { labelOf, listOf, typeOf, valueInWords } from "../../main/resources/ui/js/act-parameters.js";

const about = (field) => (error) => error.field === field && error.message.length > 0;

test("reads a list with one entry a line, and lists within it", () => {
  assert.deepEqual(listOf("pairs", " a \n\nadministrator, compliance-officer", "f"), ["a", ["administrator", "compliance-officer"]]);
  assert.deepEqual(listOf("pairs", "\n", "f"), []);
  assert.deepEqual(listOf("pairs", ' [["reader", "curator"]]', "f"), [["reader", "curator"]]);
  assert.throws(() => listOf("pairs", "[[", "f"), about("f"));
});

test("says what a parameter is, as its kind declares it or by its name", () => {
  const kind = { parameters: [{ name: "officer", what: "whom", type: "person" }] };
  assert.equal(typeOf("officer", kind), "person");
  assert.equal(typeOf("person", { kind: "give-compliance" }), "person");
  assert.equal(typeOf("collection", undefined), "text");
  assert.equal(labelOf("collection"), "Collection");
  assert.equal(labelOf("officer"), "officer");
});

test("says values in words", () => {
  assert.equal(valueInWords("ward"), "ward");
  assert.equal(valueInWords([["administrator", "compliance-officer"], ["reader", "curator"]]), "administrator and compliance officer; reader and curator");
  assert.equal(valueInWords([]), "-");
  assert.equal(valueInWords({ a: 1 }), '{"a":1}');
});
