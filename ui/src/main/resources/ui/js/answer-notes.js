// What must be said of an answer beside its text, so that nothing that was marked or left out goes unseen.

/** The notes of an answered question, each with the name of its kind: what is not backed, and how much was left out. */
export function notesOf({ sentences = [], withheld = 0 }, words) {
  const unsupported = (sentences ?? []).filter(({ supported }) => !supported).length;
  return [
    ...(unsupported ? [{ kind: "unsupported-note", text: words.unsupportedNote(unsupported) }] : []),
    ...(withheld ? [{ kind: "withheld-note", text: words.withheldNote(withheld) }] : []),
  ];
}

/** Why a question is abstained from. */
export function abstentionOf({ reason, nearest = [] }, words) {
  if (reason === "not-calibrated") return words.unjudgedText;
  return nearest?.length ? words.abstainedText : words.abstainedNothing;
}
