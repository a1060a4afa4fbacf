// The network as the page's own table tells it: rows with two ends are links, others are facts.
import { all, make, page } from "./dom.js";

function statement(row) {
  const [start, end] = row.dataset.e.split(" ").map(Number);
  const [sentence, standing, when, evidence] = row.cells;
  const day = when.textContent;
  const [first, last = first] = (row.dataset.d || (/^[\d-]{10}$/.test(day) ? day : "")).split(" ");
  // What is needed when a link is chosen is read then: it is most of the page's text.
  return {
    anchor: row.id,
    start,
    end,
    first,
    last,
    open: row.className === "o",
    get sentence() { return sentence.textContent; },
    get verb() { return verbOf(sentence.textContent, page.n[start], page.n[end]); },
    evidence() {
      const tags = make("p");
      const tag = make("span", standing.textContent, row.className ? "tag o" : "tag");
      tags.append(tag, " ", when.textContent);
      return [tags, ...evidence.cloneNode(true).childNodes];
    },
  };
}

// A sentence is subject, verb, object, and then perhaps when.
function verbOf(sentence, subject, object) {
  const end = object === undefined ? -1 : sentence.lastIndexOf(` ${object}`);
  const begins = sentence.startsWith(`${subject} `) && end >= subject.length;
  return begins ? sentence.slice(subject.length + 1, end) : "";
}

export function rowNetwork() {
  const statements = all("#all tbody tr").map(statement);
  const links = statements.filter((each) => each.end !== undefined);
  const facts = statements.filter((each) => each.end === undefined);
  return {
    names: page.n,
    anchors: page.i,
    kinds: all("#picture > svg.wide .n").map((node) => +node.dataset.k),
    links,
    factsOf: (n) => facts.filter((fact) => fact.start === n),
    statements,
  };
}
