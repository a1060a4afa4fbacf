// Small words for the page. Text from sources goes in as text only: nothing here takes markup.

export const $ = (id) => document.getElementById(id);

export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

export function make(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

export function button(text, action, className = "link") {
  const made = make("button", text, className);
  made.type = "button";
  made.onclick = action;
  return made;
}

export const page = JSON.parse($("data").textContent);

/** A word of the interface, its {places} filled. */
export const say = (name, values = {}) =>
  page.w[name].replace(/{(\w+)}/g, (_, place) => values[place]);

export const counted = (name, n) => say(name + (n === 1 ? "-one" : "-many"), { n });

/** Names are looked up without capitals, dots, accents and apostrophes. */
export const fold = (text) =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\p{M}.'’‘`]/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
