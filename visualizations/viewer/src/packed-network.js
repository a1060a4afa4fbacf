// The network of a large page, unpacked from its data. Sentences and evidence are made on demand.
import { make, page } from "./dom.js";
import { summed, unfold, unpack } from "./packed.js";

// Only addresses of the web become links; whatever else a source may hold stays text.
function sourceLink(address, text) {
  if (!/^https?:\/\/[^\s\\]+$/i.test(address)) return document.createTextNode(text);
  const link = make("a", text);
  link.href = address;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  return link;
}

function evidenceItem([before, source, address, after, title, quote, mark]) {
  const item = make("li", before, mark);
  item.append(sourceLink(address, source), after);
  if (title) item.append(make("br"), make("cite", title));
  if (quote) item.append(make("blockquote", quote));
  return item;
}

function evidenceOf(standing, when, open, told) {
  const line = make("p");
  line.append(make("span", standing, open ? "tag o" : "tag"), ` ${when}`);
  if (!told) return [line];
  const [pieces, origins, remarks] = told;
  const list = make("ul");
  list.append(...pieces.map(evidenceItem));
  const found = [line];
  if (origins) found.push(make("p", origins, "s"));
  return [...found, list, ...remarks.map((remark) => make("p", remark, "r"))];
}

class Link {
  constructor(c, start, end) {
    this.c = c;
    this.start = start;
    this.end = end;
  }

  get open() { return this.c >= page.accepted; }
  get anchor() { return page.c?.[this.c] || `c-${this.c}`; }
  get verb() { return page.verbs[Link.verbs[this.c]]; }
  get time() { return page.times[Link.times[this.c]]; }
  get first() { return this.time[1]; }
  get last() { return this.time[2]; }
  get sentence() {
    return page.said?.[this.c] || `${page.n[this.start]} ${this.verb} ${page.n[this.end]}`;
  }

  evidence() {
    const standing = page.standings[Link.standings[this.c]];
    return evidenceOf(standing, this.time[0], this.open, page.e?.[this.c]);
  }
}

export function packedNetwork() {
  const [x, y] = page.xy.split(".").map(summed);
  const ends = unpack(page.links);
  Link.verbs = unpack(page.v);
  Link.standings = unpack(page.s);
  Link.times = unpack(page.t);
  const links = [];
  let start = 0;
  for (let n = 0; n < ends.length; n += 2) {
    start += unfold(ends[n]);
    links.push(new Link(links.length, start, start + unfold(ends[n + 1])));
  }
  const facts = new Map();
  (page.facts || []).forEach(([n, sentence, standing, when, told]) => {
    if (!facts.has(n)) facts.set(n, []);
    facts.get(n).push({ sentence, evidence: () => evidenceOf(standing, when, false, told) });
  });
  return {
    names: page.n,
    anchors: page.i || page.n.map((_, n) => `n-${n}`),
    kinds: unpack(page.kinds),
    links,
    statements: links,
    factsOf: (n) => facts.get(n) || [],
    x,
    y,
  };
}
