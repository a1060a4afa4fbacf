// One drawing of the network as SVG that Python wrote, made to answer.
import { counted, page } from "./dom.js";
import { gestures } from "./gestures.js";

const SPACE = "http://www.w3.org/2000/svg";
const TARGET = 13; // half of what a finger needs, in pixels
const CLOSEST = 8;

function shape(name, attributes) {
  const made = document.createElementNS(SPACE, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
}

export function svgPicture(svg, network, acts) {
  const { width, height } = svg.viewBox.baseVal;
  const view = { x: 0, y: 0, k: 1 };
  const nodes = [...svg.querySelectorAll(".n")];
  const lines = [...svg.querySelectorAll(".e")];
  const places = nodes.map((node) =>
    node.getAttribute("transform").match(/-?\d+/g).map(Number));
  const meant = new Map();
  const verb = shape("text", { class: "verb" });
  const target = shape("circle", { class: "t", r: TARGET });

  svg.classList.add("live");
  svg.setAttribute("role", "group");
  svg.tabIndex = -1; // or the keys it listens to would make it a stop of its own
  nodes.forEach((node, n) => {
    const label = `${network.names[n]}, ${page.k[network.kinds[n]]}, `;
    node.setAttribute("role", "button");
    node.setAttribute("aria-label", label + counted("connections", network.linksOf(n).length));
    node.tabIndex = n ? -1 : 0;
    node.prepend(target.cloneNode());
    meant.set(node, { node: n });
  });
  lines.forEach((line, c) => {
    const hit = line.cloneNode();
    hit.setAttribute("class", "h");
    line.before(hit);
    meant.set(hit, { link: c });
  });
  svg.append(verb);

  const thing = (event) => meant.get(event.target.closest?.(".n, .h"));
  svg.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "touch") acts.hover(thing(event));
  });
  svg.addEventListener("pointerleave", () => acts.hover());
  svg.addEventListener("focusin", (event) => acts.focused(meant.get(event.target)?.node));
  svg.addEventListener("keydown", acts.key);

  const scale = () => svg.getBoundingClientRect().width / width || 1;
  function paint() {
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${width / view.k} ${height / view.k}`);
    svg.classList.toggle("nearer", view.k > 1.3);
  }
  function zoom(factor, x, y) {
    const unit = scale() * view.k;
    const [px, py] = x === undefined ? [width / 2 / view.k, height / 2 / view.k] : [x / unit, y / unit];
    const k = Math.max(1, Math.min(CLOSEST, view.k * factor));
    view.x += px - (px * view.k) / k;
    view.y += py - (py * view.k) / k;
    view.k = k;
    keep();
  }
  function keep() {
    view.x = Math.max(0, Math.min(width - width / view.k, view.x));
    view.y = Math.max(0, Math.min(height - height / view.k, view.y));
    paint();
  }
  gestures(svg, {
    zoom,
    move(dx, dy) {
      view.x -= dx / scale() / view.k;
      view.y -= dy / scale() / view.k;
      keep();
    },
    tap: (event) => acts.tap(thing(event)),
  });

  const on = (element, shown) => element.classList.toggle("on", shown);
  return {
    place: (n) => places[n],
    zoom,
    element: svg,
    whole() {
      Object.assign(view, { x: 0, y: 0, k: 1 });
      paint();
    },
    view: () => (view.k > 1 ? [view.x, view.y, view.k].map((v) => +v.toFixed(2)).join(",") : ""),
    setView(text) {
      const [x, y, k] = text.split(",").map(Number);
      if (k >= 1 && k <= CLOSEST) Object.assign(view, { x, y, k });
      keep();
    },
    mark(marked) {
      svg.classList.toggle("dim", !!marked);
      nodes.forEach((node, n) => on(node, !!marked?.nodes.has(n)));
      lines.forEach((line, c) => on(line, !!marked?.links.has(c)));
      const [only] = marked?.links.size === 1 ? marked.links : [];
      verb.textContent = only === undefined ? "" : network.links[only].verb;
      if (only === undefined) return;
      const middle = lines[only].getPointAtLength(lines[only].getTotalLength() / 2);
      verb.setAttribute("x", middle.x);
      verb.setAttribute("y", middle.y + 4);
    },
    hide(hidden) {
      nodes.forEach((node, n) => node.classList.toggle("off", hidden.nodes.has(n)));
      lines.forEach((line, c) => {
        [line, line.previousSibling].forEach((path) => path.classList.toggle("off", hidden.links.has(c)));
      });
    },
    focus(n) {
      nodes.forEach((node, other) => { node.tabIndex = other === n ? 0 : -1; });
      nodes[n].focus({ preventScroll: true });
    },
    bring(n) {
      if (view.k === 1) return;
      view.x = places[n][0] - width / view.k / 2;
      view.y = places[n][1] - height / view.k / 2;
      keep();
    },
    /** Where a thing, or the middle of a link, is, in pixels of the picture. */
    at({ node, link }) {
      const unit = scale() * view.k;
      let point = node === undefined ? null : { x: places[node][0], y: places[node][1] };
      if (!point) point = lines[link].getPointAtLength(lines[link].getTotalLength() / 2);
      return { x: (point.x - view.x) * unit, y: (point.y - view.y) * unit };
    },
  };
}
