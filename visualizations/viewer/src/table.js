// Sorting the table by any of its columns.
import { all, button } from "./dom.js";

export function sortableTable(table) {
  if (!table) return;
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const order = new Intl.Collator(document.documentElement.lang || "en", { numeric: true });
  heads.forEach((head, column) => {
    const text = (row) => row.cells[column].textContent;
    const made = button(head.textContent, () => {
      const falling = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", falling ? "descending" : "ascending");
      const rows = all("tr", body).map((row) => [text(row), row]);
      rows.sort(([a], [b]) => (falling ? order.compare(b, a) : order.compare(a, b)));
      body.append(...rows.map(([, row]) => row));
    }, "");
    head.replaceChildren(made);
  });
}
