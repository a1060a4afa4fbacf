// The table beneath a canvas: what is chosen, else all that the filters leave, some rows at a time.
// Its rows are made when it is unfolded, with the words that the small page's table has.
import { $, all, counted, make, page, say } from "./dom.js";
import { sortButtons } from "./table.js";

const SHOWN = 50;
const PRINTED = 2000;

/** Returns mark(found) and hide(gone), as a picture has them. */
export function pagedTable(network) {
  const box = $("rows");
  const table = $("told-rows");
  const [body] = table.tBodies;
  const pager = $("turn");
  const [back, next] = all("button", pager);
  const columns = [
    (each) => each.sentence,
    (each) => each.standing,
    (each) => each.when || "–",
    ({ told }) => (told ? [told[1], ...told[0].flat(), ...told[2]].join(" ") : ""),
  ].slice(0, table.tHead.rows[0].cells.length);
  let marked = null;
  let hidden = { nodes: new Set(), links: new Set() };
  let sorting = (list) => list;
  let rows = [];
  let first = 0;

  // Of a step that names things only, all that is said of these.
  function wanted() {
    const { node, nodes, links: numbers } = marked || {};
    const about = node === undefined && !numbers?.size ? [...nodes || []] : [node];
    const near = numbers?.size ? numbers : new Set(about.flatMap((n) => network.near[n] || []));
    const links = marked ? [...near].map((c) => network.links[c]) : network.links;
    const facts = marked ? about.flatMap(network.factsOf) : network.facts;
    return [
      ...links.filter(({ c }) => !hidden.links.has(c)),
      ...facts.filter(({ start }) => !hidden.nodes.has(start)),
    ];
  }

  function row(each) {
    const made = make("tr", undefined, each.open ? "o" : "");
    const head = make("th", columns[0](each));
    head.scope = "row";
    made.append(head, make("td", columns[1](each)), make("td", columns[2](each)));
    if (columns[3]) {
      const cell = make("td");
      cell.append(...each.proof());
      made.append(cell);
    }
    return made;
  }

  function draw(most = SHOWN) {
    const last = Math.min(rows.length, first + most);
    const name = marked?.node === undefined ? "" : `${network.names[marked.node]} · `;
    table.caption.textContent = name + counted("statements", rows.length);
    body.replaceChildren(...rows.slice(first, last).map(row));
    pager.hidden = rows.length <= SHOWN;
    $("range").textContent = say("range", { a: first + 1, b: last, n: rows.length });
    back.disabled = !first;
    next.disabled = last === rows.length;
  }

  function fill(most) {
    first = 0;
    rows = sorting(wanted());
    draw(most);
  }

  const changed = () => { if (box.open) fill(); };
  const turn = (step) => () => {
    first += step;
    draw();
  };
  back.onclick = turn(-SHOWN);
  next.onclick = turn(SHOWN);
  sortButtons(table, (column, sorted) => {
    sorting = (list) => sorted(list, columns[column]);
    fill();
  });
  box.ontoggle = changed;
  box.hidden = false;
  addEventListener("beforeprint", () => fill(PRINTED)); // paper has no buttons
  addEventListener("afterprint", changed);
  return {
    mark(found) {
      marked = found;
      changed();
    },
    hide(gone) {
      hidden = gone;
      changed();
    },
  };
}
