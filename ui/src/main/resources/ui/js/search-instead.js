import { connectionError, send } from "./request.js";

/** Searches for the words of a question that cannot be answered now, and hands what is found to the card. */
export async function searchInstead({ question, collection, stated, scope, earlier }, card, { signal, askAgain }) {
  const json = { query: question, collection, ...stated, ...(scope && { scope }) };
  const response = await send("/api/search", { method: "POST", json, signal });
  try {
    card.searched({ ...(await response.json()), leaning: earlier.length > 0 }, askAgain);
  } catch (error) {
    throw connectionError(error);
  }
}
