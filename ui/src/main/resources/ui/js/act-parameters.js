import { strings } from "./strings.js";
import { Unfit } from "./submit-form.js";

const words = strings.request;

const filled = (parts) => parts.map((part) => part.trim()).filter(Boolean);

function parsed(name, text, field) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Unfit(words.badJson(name), field);
  }
}

/** A list written as JSON, or with one entry a line; those with commas are lists themselves. */
export function listOf(name, text, field) {
  if (text.trim().startsWith("[")) return parsed(name, text.trim(), field);
  return filled(text.split("\n")).map((line) => (line.includes(",") ? filled(line.split(",")) : line));
}

/** What a parameter is about, as its kind declares it; guessed by its name where the kind does not. */
export function typeOf(name, kind) {
  const declared = kind?.parameters?.find((parameter) => parameter.name === name)?.type;
  return declared ?? (name === "person" ? "person" : "text");
}

/** The name of a parameter as people know it. */
export const labelOf = (name) => strings.acts.parameters[name] ?? name;

/** A value in words. Roles have names of their own. */
export function valueInWords(value) {
  if (!Array.isArray(value)) return value !== null && typeof value === "object" ? JSON.stringify(value) : String(value);
  const one = (part) => strings.account.roleNames[part] ?? valueInWords(part);
  const all = value.map((part) => (Array.isArray(part) ? part.map(one).join(strings.acts.and) : one(part)));
  return all.join("; ") || strings.oversight.none;
}
