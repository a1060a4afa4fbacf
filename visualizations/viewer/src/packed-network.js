// The network of a large page, unpacked from its data. Sentences and evidence are made on demand.
import { make, page, say } from "./dom.js";
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

function evidenceItem([before, source, address, after, title, quote, mark, note]) {
  const item = make("li", before, mark);
  item.append(sourceLink(address, source), after);
  if (title) item.append(make("br"), make("cite", title));
  if (quote) item.append(make("blockquote", quote));
  if (note) item.append(make("p", note, "r"));
  return item;
}

// Who says so, and what else must be told; where the page has no room for it, where that stands.
function proof({ told, start, anchor }) {
  if (!told && !page.pages) return page.w["no-room"] ? [make("p", say("no-room"), "r")] : [];
  if (!told) {
    const link = make("a", say("proof-there", { name: page.n[start] }));
    link.href = `${page.pages}${page.i[start]}.html#${anchor}`;
    return [link];
  }
  const [pieces, origins, remarks] = told;
  const found = origins ? [make("p", origins, "s")] : [];
  if (pieces.length) {
    const list = make("ul");
    list.append(...pieces.map(evidenceItem));
    found.push(list);
  }
  return [...found, ...remarks.map((remark) => make("p", remark, "r"))];
}

class Statement {
  proof() { return proof(this); }

  evidence() {
    const line = make("p");
    line.append(make("span", this.standing, this.open ? "tag o" : "tag"), ` ${this.when}`);
    return [line, ...this.proof()];
  }
}

class Fact extends Statement {
  constructor([start, sentence, standing, when, told, open]) {
    super();
    Object.assign(this, { start, sentence, standing, when, told, open });
  }
}

class Link extends Statement {
  constructor(c, start, end) {
    super();
    this.c = c;
    this.start = start;
    this.end = end;
  }

  get open() { return this.c >= page.accepted; }
  get anchor() { return page.c?.[this.c] || `c-${this.c}`; }
  get verb() { return page.verbs[Link.verbs[this.c]]; }
  get standing() { return page.standings[Link.standings[this.c]]; }
  get told() { return page.e?.[this.c]; }
  get time() { return page.times[Link.times[this.c]]; }
  get when() { return this.time[0]; }
  get first() { return this.time[1]; }
  get last() { return this.time[2]; }
  get sentence() {
    return page.said?.[this.c] || `${page.n[this.start]} ${this.verb} ${page.n[this.end]}`;
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
  const facts = (page.facts || []).map((told) => new Fact(told));
  return {
    names: page.n,
    anchors: page.i || page.n.map((_, n) => `n-${n}`),
    kinds: unpack(page.kinds),
    links,
    statements: links,
    facts,
    factsOf: (n) => facts.filter((fact) => fact.start === n),
    x,
    y,
  };
}
