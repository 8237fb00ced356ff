import { readEvents } from "./event-stream.js";
import { connectionError, ConnectionLost, Problem, send } from "./request.js";

/**
 * Asks, and hands each event of the stream to the card method of the same name. Throws ConnectionLost where the
 * stream ends without a final event or a problem: then nothing was answered.
 */
export async function streamAnswer({ question, collection, stated, scope, earlier }, card, signal) {
  const json = { question, collection, ...stated, ...(scope && { scope }), earlier };
  const response = await send("/api/ask", { method: "POST", json, accept: "text/event-stream", signal });
  try {
    for await (const { name, data } of readEvents(response.body)) {
      const value = JSON.parse(data);
      if (name === "accepted") card.accepted(value);
      if (name === "sources") card.sources(value);
      if (name === "delta") card.delta(value);
      if (name === "problem") throw new Problem(value);
      if (name === "final") return card.final(value);
    }
  } catch (error) {
    throw connectionError(error);
  }
  throw new ConnectionLost();
}
