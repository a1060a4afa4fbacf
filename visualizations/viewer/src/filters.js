// The legend's entries as switches, and two sliders for the time.
import { $, all, button } from "./dom.js";

/** Makes the legend a row of switches; `hidden` holds what is switched off: "k3" or "a", "o". */
export function legendFilters(hidden, changed) {
  const switches = new Map();
  all("#legend > li").forEach((item) => {
    const { k, s } = item.dataset;
    if (k === undefined && !s) return;
    const name = k === undefined ? s : `k${k}`;
    const made = button("", () => {
      if (!hidden.delete(name)) hidden.add(name);
      changed();
    }, "");
    made.append(...item.childNodes);
    item.append(made);
    switches.set(name, made);
  });
  return () => switches.forEach((made, name) => made.setAttribute("aria-pressed", !hidden.has(name)));
}

/** Two sliders over the years (months, days) that links bear; returns {since, until} and set. */
export function timeFilter(links, changed) {
  const box = $("time");
  const days = links.flatMap(({ first, last }) => [first, last]).filter((day) => day?.length === 10);
  const units = [4, 7, 10].map((length) => [...new Set(days.map((day) => day.slice(0, length)))]);
  const steps = (units.find((found) => found.length > 2) || units[2]).sort();
  if (!box || steps.length < 2) return null;
  const [since, until] = [$("since"), $("until")];
  const top = steps.length - 1;
  [since, until].forEach((slider) => {
    slider.max = top;
    slider.oninput = () => {
      if (+since.value > +until.value) (slider === since ? until : since).value = slider.value;
      show();
      changed();
    };
  });
  function show() {
    [since, until].forEach((slider) => {
      slider.nextElementSibling.value = steps[slider.value];
      slider.setAttribute("aria-valuetext", steps[slider.value]);
    });
  }
  function set(from, to) {
    since.value = Math.max(0, steps.indexOf(from));
    until.value = steps.includes(to) ? steps.indexOf(to) : top;
    show();
  }
  set();
  box.hidden = false;
  return {
    set,
    state: () => ({
      since: +since.value ? steps[since.value] : "",
      until: +until.value < top ? steps[until.value] : "",
    }),
    // A link without a date stays: nothing is known against it.
    shows: ({ first, last }) =>
      !first || ((+until.value === top || first <= `${steps[until.value]}~`) &&
        (!+since.value || last >= steps[since.value])),
  };
}
