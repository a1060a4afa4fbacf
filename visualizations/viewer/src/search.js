// Finding a thing by any of its names; the nearest names where none is so called.
import { $, fold, make, page, say } from "./dom.js";

const MOST_OFFERED = 400;
const MOST_FOUND = 12;

/** `nearest(wanted, names)` gives what is called alike; a page may go without it. */
export function search(network, { found, several, nearest }) {
  const form = $("tools");
  const told = $("told");
  const field = $("find");
  let names; // folded when somebody comes to the field, so that the answer need not wait for it
  field.onfocus = () => {
    if (names) return;
    names = network.names.map((name, n) => [name, ...(page.also?.[n] || [])].map(fold));
    $("names").append(...network.names.slice(0, MOST_OFFERED).map((name) => {
      const option = make("option");
      option.value = name;
      return option;
    }));
  };
  form.hidden = false;
  form.onsubmit = (event) => {
    event.preventDefault();
    const wanted = fold(field.value);
    if (!wanted) return;
    field.onfocus();
    const hits = (test) => [...names.keys()].filter((n) => names[n].some(test)).slice(0, MOST_FOUND);
    const exact = hits((name) => name === wanted);
    const alike = exact.length === 1 ? exact : hits((name) => name.includes(wanted));
    told.textContent = alike.length ? "" : say("nothing");
    if (alike.length === 1) found(alike[0]);
    else if (alike.length) several(say("several", { n: alike.length }), alike);
    else {
      const near = nearest?.(wanted, names);
      if (near?.length) several(say("nothing"), near);
    }
  };
}
