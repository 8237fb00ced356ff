import { element } from "./element.js";
import { strings } from "./strings.js";
import { submission, Unfit } from "./submit-form.js";

const words = strings.record;

/** A form that puts another question beside this one. */
export function compareForm(number) {
  const field = element("input", {
    id: "compare-number",
    inputmode: "numeric",
    maxlength: 15,
    autocomplete: "off",
    "aria-describedby": "compare-problem",
    "data-testid": "compare-number",
  });
  const compare = () => {
    const other = field.value.trim();
    if (!/^[1-9]\d{0,14}$/.test(other)) throw new Unfit(strings.find.noNumber, "compare-number");
    location.hash = `#review/${number}/${other}`;
  };
  return element(
    "section",
    { class: "part" },
    element("h2", {}, words.compareHeading),
    element(
      "form",
      { novalidate: true, on: { submit: submission("compare-problem", compare) } },
      element("label", { for: field.id }, words.compareLabel),
      element("div", { class: "row" }, field, element("button", { type: "submit", class: "second", "data-testid": "compare" }, words.compare)),
      element("p", { id: "compare-problem", class: "problem", role: "alert" }),
    ),
  );
}
