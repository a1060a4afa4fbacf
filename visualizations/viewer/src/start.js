// What all pictures have in common: search, filters, panel, steps, keys, the address.
import { readAddress, writeAddress } from "./address.js";
import { $, all, say } from "./dom.js";
import { legendFilters, timeFilter } from "./filters.js";
import { tellHeight } from "./frame.js";
import { evidencePanel } from "./panel.js";
import { search } from "./search.js";
import { guidedSteps } from "./steps.js";
import { sortableTable } from "./table.js";

const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/** Adds which links meet at each thing. */
export function withNeighbours(network) {
  const near = network.names.map(() => []);
  network.links.forEach(({ start, end }, c) => {
    near[start].push(c);
    if (end !== start) near[end].push(c);
  });
  return { ...network, near, linksOf: (n) => near[n].map((c) => network.links[c]) };
}

/** Starts the page; `pictured(acts)` returns {now(), each(action)}: the picture shown, and all. */
export function start(network, pictured, nearest) {
  const hidden = new Set();
  const gone = { nodes: new Set(), links: new Set() };
  let chosen = null; // {node} or {link}
  let current = 0;
  let steps = null;
  let ready = false;

  const around = ({ node, link }) => {
    const links = new Set(link === undefined ? network.near[node] : [link]);
    const nodes = new Set(node === undefined ? [] : [node]);
    links.forEach((c) => [network.links[c].start, network.links[c].end].forEach((n) => nodes.add(n)));
    return { node, nodes, links };
  };
  const mark = (meant) => pictures.each((each) => each.mark(meant && around(meant)));

  const acts = {
    hover: (meant) => { if (!chosen && !(steps?.now() >= 0)) mark(meant); },
    focused(n) {
      if (n === undefined) return;
      current = n;
      if (!chosen) mark({ node: n });
    },
    tap(meant) {
      if (!meant) closeAll();
      else if (meant.node === undefined) openLink(network.links[meant.link]);
      else openNode(meant.node);
    },
    key,
  };
  const pictures = pictured(acts);
  const panel = evidencePanel(network, { openLink, openNode, closed: () => choose(null) });

  function choose(meant) {
    chosen = meant;
    if (meant) around(meant).nodes.forEach(reveal);
    mark(meant);
    remember();
  }
  function openNode(n) {
    choose({ node: n });
    current = n;
    pictures.now().bring(n);
    panel.node(n, pictures.now().at({ node: n }));
  }
  function openLink(link) {
    const meant = { link: network.links.indexOf(link) };
    choose(meant);
    panel.link(link, pictures.now().at(meant));
  }
  function closeAll() {
    panel.close();
    choose(null);
  }

  // ---- filters: a thing is gone with its kind, a link with its ends, its standing or its time
  const showSwitches = legendFilters(hidden, filter);
  const time = timeFilter(network.links, filter);
  function filter() {
    gone.nodes = new Set(!hidden.size ? [] : [...network.names.keys()].filter((n) => hidden.has(`k${network.kinds[n]}`)));
    gone.links = new Set();
    network.links.forEach((link, c) => {
      const off = hidden.has(link.open ? "o" : "a") || (time && !time.shows(link));
      if (off || gone.nodes.has(link.start) || gone.nodes.has(link.end)) gone.links.add(c);
    });
    if (ready || gone.links.size || gone.nodes.size) pictures.each((each) => each.hide(gone));
    showSwitches();
    const left = network.links.length - gone.links.size;
    $("told").textContent = gone.links.size ? say("shown", { n: left, m: network.links.length }) : "";
    remember();
  }
  function reveal(n) {
    if (hidden.delete(`k${network.kinds[n]}`)) filter();
  }

  // ---- keys: arrows go to the nearest thing that way
  function key(event) {
    const way = ARROWS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (way) go(way);
    else if (event.key === "Enter" || event.key === " ") openNode(current);
    else if (event.key === "+" || event.key === "=") pictures.now().zoom(1.4);
    else if (event.key === "-") pictures.now().zoom(1 / 1.4);
    else if (event.key === "0") pictures.now().whole();
    else if (event.key === "Escape") closeAll();
    else return;
    event.preventDefault();
    remember();
  }
  function go([dx, dy]) {
    const { place } = pictures.now();
    const [x, y] = place(current);
    let best = null;
    let least = Infinity;
    network.names.forEach((_, n) => {
      const [px, py] = place(n);
      const along = (px - x) * dx + (py - y) * dy;
      if (n === current || along <= 0 || gone.nodes.has(n)) return;
      const cost = along + 2.2 * Math.abs((px - x) * dy + (py - y) * dx);
      if (cost < least) [least, best] = [cost, n];
    });
    if (best === null) return;
    if (chosen) closeAll();
    current = best;
    pictures.now().focus(best);
    pictures.now().bring(best);
  }

  // ---- the address
  function remember() {
    if (!ready) return;
    const link = chosen && network.links[chosen.link];
    writeAddress({
      at: link ? link.anchor : chosen ? network.anchors[chosen.node] : "",
      hide: [...hidden].sort().join("."),
      ...(time ? time.state() : {}),
      view: pictures.now().view(),
      step: steps?.now() >= 0 ? steps.now() + 1 : "",
    });
  }
  function recall() {
    const state = readAddress();
    hidden.clear();
    (state.get("hide") || "").split(".").filter(Boolean).forEach((name) => hidden.add(name));
    time?.set(state.get("since"), state.get("until"));
    filter();
    if (steps && state.get("step")) steps.go(state.get("step") - 1);
    const at = state.get("at");
    if (at) {
      const n = network.anchors.indexOf(at);
      const link = network.links.find((each) => each.anchor === at);
      if (n >= 0) openNode(n);
      else if (link) openLink(link);
    }
    if (state.get("view")) pictures.now().setView(state.get("view"));
    ready = true;
  }

  // ---- the rest
  steps = guidedSteps((nodes, statements) => {
    panel.close();
    chosen = null;
    const marked = { nodes: new Set(nodes), links: new Set() };
    statements.forEach((number) => {
      const told = network.statements[number];
      marked.nodes.add(told.start);
      if (told.end === undefined) return;
      marked.nodes.add(told.end);
      marked.links.add(network.links.indexOf(told));
    });
    pictures.each((each) => each.mark(marked));
    remember();
  });
  const edge = { x: 0, y: 40 };
  search(network, { found: openNode, several: (heading, found) => panel.choices(heading, found, edge), nearest });
  all("#zoom button").forEach((made) => {
    made.onclick = () => {
      if (made.dataset.z === "0") pictures.now().whole();
      else pictures.now().zoom(made.dataset.z === "+" ? 1.4 : 1 / 1.4);
      remember();
    };
  });
  sortableTable($("all"));
  addEventListener("hashchange", recall);
  recall();
  tellHeight();
}
