// Sorting the table by any of its columns, made when it is first unfolded.
import { all, button } from "./dom.js";

export function sortableTable(box) {
  if (!box) return;
  box.ontoggle = () => {
    box.ontoggle = null;
    const table = box.querySelector("table");
    const [body] = table.tBodies;
    sortButtons(table, (column, sorted) => {
      body.append(...sorted(all("tr", body), (row) => row.cells[column].textContent));
    });
  };
}

/** Makes the heads of a table buttons; `sort(column, sorted)` gets a function (list, text of each). */
export function sortButtons(table, sort) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const made = button(head.textContent, () => {
      const falling = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", falling ? "descending" : "ascending");
      // Made here: it costs more than all the rest of the page's start.
      const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
      sort(column, (list, text) => list
        .map((each) => [text(each), each])
        .sort(([a], [b]) => order.compare(a, b) * (falling ? -1 : 1))
        .map(([, each]) => each));
    }, "");
    head.replaceChildren(made);
  });
}
