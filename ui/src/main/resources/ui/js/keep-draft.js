const KEY = "cartulary.question";

/**
 * Keeps the typed question over a reload or a new sign-in, in this tab only. Where the browser forbids storage the
 * question lives in its field alone.
 */
export function keepDraft(text) {
  try {
    sessionStorage.setItem(KEY, text);
  } catch {
    // Storage is forbidden or full: nothing else depends on it.
  }
}

export function recallDraft() {
  try {
    return sessionStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

export function forgetDraft() {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // As above.
  }
}
