import assert from "node:assert/strict";
import { test } from "node:test";
import { asQuery, asRequest, fieldsFor, missingFrom, NOTHING_WANTED, statedBy } from "../../main/resources/ui/js/stated.js";

const BOTH = { purposes: ["legal", "treatment"], reference: true };

test("shows the fields that a collection wants, and no others", () => {
  assert.deepEqual(fieldsFor(NOTHING_WANTED), { purpose: false, reference: false });
  assert.deepEqual(fieldsFor({ purposes: ["legal"], reference: false }), { purpose: true, reference: false });
  assert.deepEqual(fieldsFor({ purposes: [], reference: true }), { purpose: false, reference: true });
});

test("states what was entered in the fields that are shown", () => {
  const entered = { purpose: "treatment", reference: " K-17 " };
  assert.deepEqual(statedBy(BOTH, entered), { purpose: "treatment", reference: "K-17" });
  assert.deepEqual(statedBy(NOTHING_WANTED, entered), {});
  assert.deepEqual(statedBy(BOTH, { purpose: "", reference: "  " }), {});
});

test("names the first field that is missing", () => {
  assert.equal(missingFrom(BOTH, {}), "purpose");
  assert.equal(missingFrom(BOTH, { purpose: "legal" }), "reference");
  assert.equal(missingFrom(BOTH, { purpose: "legal", reference: "K-17" }), null);
  assert.equal(missingFrom(NOTHING_WANTED, {}), null);
});

test("puts what is stated into the query of links, escaped", () => {
  assert.equal(asQuery({ purpose: "legal", reference: "K/17 & 18#2" }), "?purpose=legal&reference=K%2F17+%26+18%232");
  assert.equal(asQuery({}), "");
  assert.equal(asQuery(undefined), "");
});

test("puts what is stated into headers of requests, save what no header can hold", () => {
  const stated = { purpose: "legal", reference: "K-17" };
  const headers = { "Cartulary-Purpose": "legal", "Cartulary-Reference": "K-17" };
  assert.deepEqual(asRequest("/a", stated), { path: "/a", headers });
  assert.deepEqual(asRequest("/a", { purpose: "legal", reference: "Łódź" }), {
    path: "/a?reference=%C5%81%C3%B3d%C5%BA",
    headers: { "Cartulary-Purpose": "legal" },
  });
  assert.deepEqual(asRequest("/a", { reference: "a\r\nb" }), { path: "/a?reference=a%0D%0Ab", headers: {} });
  assert.deepEqual(asRequest("/a", undefined), { path: "/a", headers: {} });
});
