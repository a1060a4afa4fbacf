// Sorting the table by any of its columns, made when it is first unfolded.
import { all, button } from "./dom.js";

export function sortableTable(box) {
  if (!box) return;
  box.ontoggle = () => {
    box.ontoggle = null;
    sortable(box.querySelector("table"));
  };
}

function sortable(table) {
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const text = (row) => row.cells[column].textContent;
    const made = button(head.textContent, () => {
      const falling = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", falling ? "descending" : "ascending");
      // Made here: it costs more than all the rest of the page's start.
      const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
      const rows = all("tr", body).map((row) => [text(row), row]);
      rows.sort(([a], [b]) => order.compare(a, b) * (falling ? -1 : 1));
      body.append(...rows.map(([, row]) => row));
    }, "");
    head.replaceChildren(made);
  });
}
