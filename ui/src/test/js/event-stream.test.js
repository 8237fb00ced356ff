import assert from "node:assert/strict";
import { test } from "node:test";
import { readEvents } from "../../main/resources/ui/js/event-stream.js";

async function eventsOf(...chunks) {
  const encoder = new TextEncoder();
  const stream = new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(typeof chunk === "string" ? encoder.encode(chunk) : chunk);
      controller.close();
    },
  });
  const events = [];
  for await (const event of readEvents(stream)) events.push(event);
  return events;
}

test("reads name and data of each event", async () => {
  const events = await eventsOf('event: accepted\ndata: {"number":17}\n\nevent: delta\ndata: {"text":"a"}\n\n');
  assert.deepEqual(events, [
    { name: "accepted", data: '{"number":17}' },
    { name: "delta", data: '{"text":"a"}' },
  ]);
});

test("reads the same events wherever the bytes are cut", async () => {
  const bytes = new TextEncoder().encode("event: delta\r\ndata: für 6 °C\r\n\r\nevent: final\r\ndata: ok\r\n\r\n");
  for (let cut = 1; cut < bytes.length; cut++) {
    const events = await eventsOf(bytes.slice(0, cut), bytes.slice(cut));
    assert.deepEqual(events, [{ name: "delta", data: "für 6 °C" }, { name: "final", data: "ok" }], `cut at ${cut}`);
  }
});

test("reads the same events byte by byte", async () => {
  const bytes = new TextEncoder().encode("data: é\r\r: ping\n\nevent: final\ndata:x\n\n");
  const events = await eventsOf(...[...bytes].map((byte) => Uint8Array.of(byte)));
  assert.deepEqual(events, [{ name: "message", data: "é" }, { name: "final", data: "x" }]);
});

test("joins several data lines and keeps colons in values", async () => {
  assert.deepEqual(await eventsOf("data: a: b\ndata:c\nid: 4\n\n"), [{ name: "message", data: "a: b\nc" }]);
});

test("drops an event without its closing blank line, and events without data", async () => {
  assert.deepEqual(await eventsOf("event: accepted\n\n: ping\n\nevent: final\ndata: {\n"), []);
});

test("passes on the error of a broken stream", async () => {
  const stream = new ReadableStream({ start: (controller) => controller.error(new TypeError("network error")) });
  await assert.rejects(async () => {
    for await (const event of readEvents(stream)) assert.fail(`unexpected ${event.name}`);
  }, TypeError);
});

test("refuses an event without end", async () => {
  await assert.rejects(eventsOf("data: ", "x".repeat(4_000_001)), RangeError);
});
