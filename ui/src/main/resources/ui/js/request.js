import { strings } from "./strings.js";

const ANSWER_WITHIN_MILLIS = 20_000;

/** What the appliance refused or could not do, as RFC 9457 problem details. */
export class Problem extends Error {
  constructor({ title, status, detail }) {
    super(detail || title || strings.problems.other(status));
    this.title = title;
    this.status = status;
    this.detail = detail;
  }
}

/** The appliance could not be reached, or the connection broke. */
export class ConnectionLost extends Error {
  constructor() {
    super(strings.problems.connection);
  }
}

export async function problemOf(status, text) {
  if (status === 401) return new Problem({ status, title: strings.problems.signedOut });
  try {
    return new Problem({ status, ...JSON.parse(text) });
  } catch {
    return new Problem({ status });
  }
}

/** Turns what fetch and stream readers throw when a network fails into ConnectionLost. */
export function connectionError(error) {
  const lost = error instanceof TypeError || error.name === "TimeoutError";
  return lost ? new ConnectionLost() : error;
}

/** Sends a request; gives the response if it succeeded, throws Problem or ConnectionLost otherwise. */
export async function send(path, { method = "GET", json, text, accept = "application/json", headers: more = {}, signal } = {}) {
  const headers = { Accept: accept, ...more };
  if (method !== "GET") headers["X-Cartulary"] = "1";
  if (json !== undefined) headers["Content-Type"] = "application/json";
  if (text !== undefined) headers["Content-Type"] = "text/plain; charset=utf-8";
  const body = json === undefined ? text : JSON.stringify(json);
  let response;
  try {
    response = await fetch(path, { method, headers, body, signal, cache: "no-store" });
  } catch (error) {
    throw connectionError(error);
  }
  if (!response.ok) throw await problemOf(response.status, await response.text());
  return response;
}

/** Sends a request and reads JSON, within a time limit. The appliance leaves out lists that are empty. */
export async function sendJson(path, options = {}) {
  try {
    const response = await send(path, { ...options, signal: AbortSignal.timeout(ANSWER_WITHIN_MILLIS) });
    return response.status === 204 ? null : await response.json();
  } catch (error) {
    throw connectionError(error);
  }
}
