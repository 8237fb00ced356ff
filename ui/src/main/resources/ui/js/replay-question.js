import { button, element } from "./element.js";
import { isIdentical } from "./evidence-rules.js";
import { send } from "./request.js";
import { strings } from "./strings.js";
import { once } from "./submit-form.js";

const words = strings.record;

/** No time limit: a long answer takes as long as it did. */
async function post(path) {
  return (await send(path, { method: "POST" })).json();
}

async function answerAgain(number) {
  const { sameTokens, recordedTokens, kernel, recordedKernel } = await post(`/api/audit/replay/${number}`);
  if (isIdentical({ sameTokens, recordedTokens })) return [words.identical(recordedTokens)];
  const why = kernel === recordedKernel ? words.sameKernel : words.otherKernel(recordedKernel, kernel);
  return [words.sameTo(sameTokens, recordedTokens), why];
}

async function searchAgain(number) {
  const { grade, hits, changesSince, differences = [] } = await post(`/api/audit/replay-search/${number}`);
  const graded = words.searchGrades[grade];
  return [graded ? graded(hits) : grade, words.changesSince(changesSince), ...differences.map(words.moved)];
}

function replay(number, label, id, work) {
  const place = element("div", { role: "status", "data-testid": `${id}-result` });
  const problem = element("p", { id: `${id}-problem`, class: "problem", role: "alert", "data-testid": `${id}-problem` });
  const run = once(`${id}-problem`, async () => {
    place.replaceChildren(element("p", { class: "soft" }, words.working));
    try {
      place.replaceChildren(...(await work(number)).map((text) => element("p", {}, text)));
    } catch (error) {
      place.replaceChildren();
      throw error;
    }
  });
  return [element("p", { class: "buttons" }, button(label, { class: "second", "data-testid": id }, run)), place, problem];
}

/** Lets an officer make answer and search of a question again, and see how they came out. */
export function replays(number) {
  return element(
    "section",
    { class: "part" },
    element("h2", {}, words.again),
    element("p", { class: "soft" }, words.againExplain),
    ...replay(number, words.replaySearch, "replay-search", searchAgain),
    ...replay(number, words.replay, "replay", answerAgain),
  );
}
