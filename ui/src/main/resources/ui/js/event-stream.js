// Server-sent events over fetch, which, unlike EventSource, can send a body.
// Source: the event stream format of the HTML Living Standard, section 9.2.6, without reconnection.

const LONGEST_EVENT_CHARS = 4_000_000;

function parseBlock(block) {
  let name = "message";
  const data = [];
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    if (colon === 0) continue;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") name = value;
    if (field === "data") data.push(value);
  }
  return data.length ? { name, data: data.join("\n") } : null;
}

/** Yields {name, data} for each whole event of a byte stream; what has no closing blank line is dropped. */
export async function* readEvents(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      // A chunk may end between CR and LF: the CR waits for the next chunk.
      const text = rest + value;
      const held = text.endsWith("\r") ? "\r" : "";
      const blocks = text.slice(0, text.length - held.length).replace(/\r\n?/g, "\n").split("\n\n");
      rest = blocks.pop() + held;
      if (rest.length > LONGEST_EVENT_CHARS) throw new RangeError("An event of the answer is too long.");
      for (const block of blocks) {
        const event = parseBlock(block);
        if (event) yield event;
      }
    }
  } finally {
    reader.cancel().catch(() => {}); // The stream may already have failed; that error has been thrown above.
  }
}
