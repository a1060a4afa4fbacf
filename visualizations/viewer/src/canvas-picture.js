// The network on a canvas. Things and names are drawn at once, links in slices, so that the page
// answers meanwhile; while it moves, the last drawing is moved, and it is drawn anew afterwards.
import { $, page } from "./dom.js";
import { gestures } from "./gestures.js";

const CLOSEST = 80;
const SLICE = 500;
const SOON = 8000; // so many links are drawn before a reader could look at things without them
const MARGIN = 16;
const LETTER = 6.2; // about the width of a letter of 12 pixels
const GRID = 8191;
const WIDEST = 1.8; // how far a drawing is stretched to fill its place

export function canvasPicture(network, acts) {
  const canvas = $("canvas");
  const here = $("here");
  const screen = canvas.getContext("2d", { alpha: false });
  const buffer = document.createElement("canvas");
  const sheet = buffer.getContext("2d", { alpha: false });
  const { x, y, links, kinds, near } = network;
  const count = x.length;
  const shapes = page.look.map(([, symbol]) => new Path2D(page.shapes[symbol]));
  const byDegree = [...x.keys()].sort((a, b) => near[b].length - near[a].length || a - b);
  const many = count > 6000;
  const radius = (n) => Math.min(9, (many ? 1 : 2.4) + Math.sqrt(near[n].length) * (many ? 0.4 : 0.9));
  const most = (list) => Math.max(1, list.reduce((a, b) => Math.max(a, b), 0)) / GRID;
  const [wide, high] = [most(x), most(y)];
  let width = 0;
  let height = 0;
  let ratio = 1;
  const view = { x: 0, y: 0, k: 1 };
  let drawn = null; // the view of what the buffer holds
  let job = 0;
  let marked = null;
  let hidden = { nodes: new Set(), links: new Set() };
  let current = -1;
  let unit = 1; // pixels of the whole height of the grid, and of its width
  let across = 1;

  const px = (n) => (x[n] / GRID - view.x) * across * view.k + MARGIN;
  const py = (n) => (y[n] / GRID - view.y) * unit * view.k + MARGIN;
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const grown = () => Math.min(2.4, Math.sqrt(view.k));

  function clear(context) {
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.globalAlpha = 1;
    context.fillStyle = color("--paper");
    context.fillRect(0, 0, width, height);
  }

  function lines(context, list) {
    context.beginPath();
    list.forEach(({ start, end }) => {
      const ax = px(start), ay = py(start), bx = px(end), by = py(end);
      if ((ax < 0 && bx < 0) || (ay < 0 && by < 0)) return;
      if ((ax > width && bx > width) || (ay > height && by > height)) return;
      context.moveTo(ax, ay);
      if (start === end) context.arc(ax, ay - 8, 8, Math.PI / 2, Math.PI * 2.5);
      else context.lineTo(bx, by);
    });
    context.stroke();
  }

  function look(context, open) {
    const crowd = links.length > 8000 ? 0.22 : links.length > 1500 ? 0.45 : 0.8;
    context.strokeStyle = color(open ? "--open" : "--edge");
    context.globalAlpha = Math.min(1, crowd * Math.sqrt(view.k));
    context.lineWidth = links.length > 8000 && view.k < 3 ? 0.6 : 1;
    context.setLineDash(open ? [4, 3] : []);
  }

  function things(context, list) {
    const size = grown();
    const kindsOf = page.look.map(() => []);
    list.forEach((n) => { if (!hidden.nodes.has(n)) kindsOf[kinds[n]].push(n); });
    const rim = color("--rim");
    kindsOf.forEach((found, kind) => {
      context.fillStyle = page.look[kind][0];
      context.strokeStyle = rim;
      const plain = [];
      found.forEach((n) => {
        const cx = px(n), cy = py(n);
        if (cx < -9 || cy < -9 || cx > width + 9 || cy > height + 9) return;
        const r = radius(n) * size;
        if (r < 3) plain.push(cx - r, cy - r, 2 * r);
        else {
          context.save();
          context.translate(cx, cy);
          context.scale(r / 8, r / 8);
          context.lineWidth = 1;
          context.fill(shapes[kind]);
          context.stroke(shapes[kind]);
          context.restore();
        }
      });
      for (let n = 0; n < plain.length; n += 3) context.fillRect(plain[n], plain[n + 1], plain[n + 2], plain[n + 2]);
    });
    if (!page.marked || view.k < 2) return;
    context.strokeStyle = color("--ink");
    context.lineWidth = 1.5;
    context.setLineDash([3, 3]);
    page.marked.forEach((n) => {
      context.beginPath();
      context.arc(px(n), py(n), radius(n) * size + 3, 0, 7);
      context.stroke();
    });
    context.setLineDash([]);
  }

  // Names, the most linked first, each only where it is clear of those before.
  function names(context, list, most) {
    const size = grown();
    const taken = new Set();
    context.font = "12px Arial, 'Liberation Sans', Helvetica, sans-serif";
    context.textAlign = "center";
    context.textBaseline = "top";
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = color("--paper");
    context.fillStyle = color("--ink");
    let tried = 0;
    for (const n of list) {
      const cx = px(n), top = py(n) + radius(n) * size + 2;
      if (cx < 0 || top < 0 || cx > width || top > height || hidden.nodes.has(n)) continue;
      if ((tried += 1) > most) break;
      const name = page.n[n].length > 42 ? `${page.n[n].slice(0, 41)}…` : page.n[n];
      const half = (name.length * LETTER) / 2;
      if (cx - half < 2 || cx + half > width - 2) continue;
      const cells = [];
      for (let column = (cx - half) >> 4; column <= (cx + half) >> 4; column += 1) {
        for (let row = top >> 3; row <= (top + 14) >> 3; row += 1) cells.push(column * 4096 + row);
      }
      if (cells.some((cell) => taken.has(cell))) continue;
      cells.forEach((cell) => taken.add(cell));
      context.strokeText(name, cx, top);
      context.fillText(name, cx, top);
    }
  }

  function front(context) {
    context.globalAlpha = 1;
    context.setLineDash([]);
    things(context, byDegree);
    names(context, byDegree, many ? 1500 : 3000);
  }

  function lit(context) {
    context.globalAlpha = 0.82;
    context.fillStyle = color("--paper");
    context.fillRect(0, 0, width, height);
    context.globalAlpha = 1;
    const list = [...marked.links].map((c) => links[c]).filter((link) => !hidden.links.has(link.c));
    [false, true].forEach((open) => {
      look(context, open);
      context.globalAlpha = 1;
      context.lineWidth = 1.8;
      lines(context, list.filter((link) => link.open === open));
    });
    context.setLineDash([]);
    const nodes = [...marked.nodes];
    things(context, nodes);
    names(context, nodes, 300);
    if (list.length !== 1) return;
    const [{ start, end, verb }] = list;
    const vx = (px(start) + px(end)) / 2, vy = (py(start) + py(end)) / 2 - 6;
    context.strokeText(verb, vx, vy);
    context.fillText(verb, vx, vy);
  }

  function redraw() {
    const mine = (job += 1);
    const shown = hidden.links.size ? links.filter((link) => !hidden.links.has(link.c)) : links;
    clear(sheet);
    if (!drawn && shown.length > SOON) {
      clear(screen);
      front(screen);
      performance.mark("sousveil-first");
    }
    let next = 0;
    const slice = () => {
      if (mine !== job) return;
      const begin = performance.now();
      while (next < shown.length && performance.now() - begin < 12) {
        const open = shown[next].open;
        let end = next;
        while (end < shown.length && end < next + SLICE && shown[end].open === open) end += 1;
        look(sheet, open);
        lines(sheet, shown.slice(next, end));
        next = end;
      }
      if (next < shown.length) {
        setTimeout(slice, 0);
        return;
      }
      front(sheet);
      drawn = { ...view };
      show();
      performance.mark("sousveil-done");
    };
    slice();
  }

  function show() {
    const factor = view.k / drawn.k;
    const dx = (drawn.x - view.x) * across * view.k + MARGIN * (1 - factor);
    const dy = (drawn.y - view.y) * unit * view.k + MARGIN * (1 - factor);
    screen.setTransform(1, 0, 0, 1, 0, 0);
    screen.fillStyle = color("--paper");
    screen.fillRect(0, 0, canvas.width, canvas.height);
    screen.drawImage(buffer, dx * ratio, dy * ratio, buffer.width * factor, buffer.height * factor);
    if (!marked) return;
    screen.setTransform(ratio, 0, 0, ratio, 0, 0);
    lit(screen);
  }

  let frame = 0;
  let rest = 0;
  function moved() {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      if (drawn) show();
    });
    clearTimeout(rest);
    rest = setTimeout(redraw, 120);
  }

  function fit() {
    const box = canvas.getBoundingClientRect();
    [width, height, ratio] = [box.width, box.height, Math.min(2, devicePixelRatio || 1)];
    [canvas, buffer].forEach((each) => {
      each.width = Math.round(width * ratio);
      each.height = Math.round(height * ratio);
    });
    const [right, down] = [(width - 2 * MARGIN) / wide, (height - 2 * MARGIN) / high];
    unit = Math.min(down, right * WIDEST);
    across = Math.min(right, down * WIDEST);
    drawn = null;
    whole();
  }

  function whole() {
    Object.assign(view, { k: 1, x: 0, y: 0 });
    view.x = -(width - 2 * MARGIN - across * wide) / 2 / across;
    view.y = -(height - 2 * MARGIN - unit * high) / 2 / unit;
    redraw();
  }

  function zoom(factor, atX = width / 2, atY = height / 2) {
    const k = Math.max(1, Math.min(CLOSEST, view.k * factor));
    view.x += (atX - MARGIN) / across * (1 / view.k - 1 / k);
    view.y += (atY - MARGIN) / unit * (1 / view.k - 1 / k);
    view.k = k;
    canvas.classList.toggle("nearer", k > 1.05);
    moved();
  }

  function centre(n, k = view.k) {
    view.k = k;
    view.x = x[n] / GRID - (width / 2 - MARGIN) / across / k;
    view.y = y[n] / GRID - (height / 2 - MARGIN) / unit / k;
    moved();
  }

  const point = (event) => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  function thingAt(event) {
    const [cx, cy] = point(event);
    let best = -1;
    let least = 13 * 13;
    const size = grown();
    for (let n = 0; n < count; n += 1) {
      const dx = px(n) - cx, dy = py(n) - cy;
      const far = dx * dx + dy * dy - (radius(n) * size) ** 2;
      if (far < least && !hidden.nodes.has(n)) [least, best] = [far, n];
    }
    return best;
  }
  function linkAt(event) {
    const [cx, cy] = point(event);
    let best = -1;
    let least = 36;
    links.forEach(({ c, start, end }) => {
      const ax = px(start), ay = py(start), dx = px(end) - ax, dy = py(end) - ay;
      const part = Math.max(0, Math.min(1, ((cx - ax) * dx + (cy - ay) * dy) / (dx * dx + dy * dy || 1)));
      const far = (ax + part * dx - cx) ** 2 + (ay + part * dy - cy) ** 2;
      if (far < least && !hidden.links.has(c)) [least, best] = [far, c];
    });
    return best;
  }
  function meant(event) {
    const node = thingAt(event);
    if (node >= 0) return { node };
    const link = linkAt(event);
    return link >= 0 ? { link } : undefined;
  }

  gestures(canvas, {
    zoom,
    move(dx, dy) {
      view.x -= dx / across / view.k;
      view.y -= dy / unit / view.k;
      moved();
    },
    tap: (event) => acts.tap(meant(event)),
  });
  canvas.addEventListener("keydown", acts.key);
  canvas.addEventListener("focus", () => { if (current < 0) acts.focused(byDegree[0]); });
  let over = 0;
  if (count <= 6000) {
    canvas.addEventListener("pointermove", (event) => {
      if (event.pointerType === "touch" || event.buttons) return;
      clearTimeout(over);
      over = setTimeout(() => {
        const node = thingAt(event);
        canvas.title = node >= 0 ? page.n[node] : "";
      }, 60);
    });
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  let before = 0;
  new ResizeObserver(() => {
    const now = canvas.clientWidth;
    if (now && now !== before) {
      before = now;
      fit();
    }
  }).observe(canvas);
  before = canvas.clientWidth;
  fit();

  return {
    count,
    place: (n) => [x[n], y[n]],
    zoom,
    whole,
    element: canvas,
    view: () => (view.k > 1 ? [view.x, view.y, view.k].map((v) => +v.toFixed(4)).join(",") : ""),
    setView(text) {
      const [vx, vy, k] = text.split(",").map(Number);
      if (k >= 1 && k <= CLOSEST) Object.assign(view, { x: vx, y: vy, k });
      redraw();
    },
    mark(found) {
      if (!found && !marked) return;
      marked = found;
      if (drawn) show(); // what is marked is drawn upon the last drawing, which stays as it is
    },
    hide(found) {
      hidden = found;
      redraw();
    },
    focus(n) {
      current = n;
      here.textContent = page.n[n];
      acts.focused(n);
    },
    // A thing is brought near enough for its neighbours to be told apart.
    bring(n) {
      const cx = px(n), cy = py(n);
      const inside = cx > 60 && cy > 40 && cx < width - 60 && cy < height - 60;
      const k = many ? Math.max(view.k, 10) : count > 1000 ? Math.max(view.k, 4) : view.k;
      if (!inside || k > view.k) centre(n, k);
    },
    at({ node, link }) {
      if (node !== undefined) return { x: px(node), y: py(node) };
      const { start, end } = links[link];
      const [ax, ay, bx, by] = [px(start), py(start), px(end), py(end)];
      const within = (value, most) => Math.max(20, Math.min(most - 20, value));
      return { x: within((ax + bx) / 2, width), y: within((ay + by) / 2, height) };
    },
  };
}
