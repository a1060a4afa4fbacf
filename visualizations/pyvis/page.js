"use strict";
// The graph of one case: picture by vis-network, panel by hand. Text reaches the page as text only.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const picture = document.getElementById("picture");
  const panel = document.getElementById("panel");
  const chosen = document.getElementById("chosen");
  const close = document.getElementById("close");
  const narrow = window.matchMedia("(max-width: 800px)");
  const invitation = [...chosen.childNodes];
  const told = document.getElementById("told");
  const claims = new Map(data.claims.map((claim) => [claim.id, claim]));
  const things = new Map(data.nodes.map((node) => [node.id, node]));

  const nodes = new vis.DataSet(data.picture.nodes);
  const edges = new vis.DataSet(data.picture.edges);
  const network = new vis.Network(
    document.getElementById("graph"),
    { nodes, edges },
    data.picture.options,
  );

  function element(name, text, className) {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function link(address, text) {
    if (!/^https?:\/\//.test(address || "")) return element("span", text);
    const made = element("a", text);
    made.href = address;
    made.rel = "noopener noreferrer";
    made.target = "_blank";
    return made;
  }

  const STANCES = { disputes: "Against it: ", withdraws: "Withdrawn by: " };

  function evidenceItem(evidence) {
    const item = element("li");
    if (evidence.discounted) item.className = "out";
    else if (evidence.stance !== "supports") item.className = "against";
    item.append(STANCES[evidence.stance] || "", link(evidence.url, evidence.source_label));
    let words = "";
    if (evidence.passage) words += `, ${evidence.passage}`;
    if (evidence.via.length) {
      words += `, via ${evidence.via.join(", via ")}`;
      if (evidence.inferred) words += " (our reading)";
    }
    if (evidence.attributed_to) words += `, quoting ${evidence.attributed_to}`;
    words += ` — ${evidence.mode}`;
    if (evidence.withheld_by) words += `; withheld by ${evidence.withheld_by}`;
    if (evidence.reason) words += ` (${evidence.reason})`;
    if (evidence.discounted) words += `; does not count: ${evidence.discounted}`;
    item.append(words, element("br"), element("cite", evidence.source_title));
    if (evidence.quote) item.append(element("blockquote", evidence.quote));
    if (evidence.note) item.append(element("p", `Note: ${evidence.note}`, "remark"));
    return item;
  }

  function origins(claim) {
    const count = claim.origins.length;
    if (!count) return "no origin counts";
    return `${count} independent origin${count === 1 ? "" : "s"}: ${claim.origins.join("; ")}`;
  }

  function standing(claim) {
    return [claim.standing, ...claim.flags.filter((flag) => flag !== claim.standing)].join(", ");
  }

  function claimArticle(claim, heading) {
    const article = element("article", undefined, claim.accepted ? "" : "open");
    article.append(element("h3", heading));
    const line = element("p");
    line.append(
      element("span", standing(claim), "standing"),
      ` ${claim.accepted ? "accepted" : "not accepted"}; ${origins(claim)}`,
    );
    article.append(line);
    const list = element("ul");
    claim.evidence.forEach((evidence) => list.append(evidenceItem(evidence)));
    article.append(list);
    claim.remarks.forEach((remark) => article.append(element("p", remark, "remark")));
    return article;
  }

  function show(...content) {
    chosen.replaceChildren(...content);
    panel.classList.add("chosen");
    close.hidden = false;
    panel.scrollTop = 0;
  }

  function clear() {
    chosen.replaceChildren(...invitation);
    panel.classList.remove("chosen");
    close.hidden = true;
    network.unselectAll();
  }

  // Move the picture only where the middle of these things lies outside it or behind the sheet.
  function keepInSight(ids) {
    const shown = picture.getBoundingClientRect();
    const bottom = narrow.matches ? panel.getBoundingClientRect().top : shown.bottom;
    const free = Math.max(0, Math.min(shown.height, bottom - shown.top));
    const places = Object.values(network.getPositions(ids));
    const mean = (axis) => places.reduce((sum, place) => sum + place[axis], 0) / places.length;
    const position = { x: mean("x"), y: mean("y") };
    const { x, y } = network.canvasToDOM(position);
    if (x > 20 && x < shown.width - 20 && y > 20 && y < free - 20) return;
    network.moveTo({ position, offset: { x: 0, y: (free - shown.height) / 2 }, animation: false });
  }

  function showClaim(id) {
    const claim = claims.get(id);
    if (!claim) return;
    const ends = [claim.subject, claim.object];
    ends.forEach((end) => reveal(things.get(end).type));
    show(element("h2", "One link"), claimArticle(claim, claim.sentence));
    network.setSelection({ nodes: [], edges: [id] });
    keepInSight(ends);
  }

  function showThing(id) {
    const thing = things.get(id);
    if (!thing) return;
    const content = [element("h2", thing.title), element("p", thing.kind, "kind")];
    thing.facts.forEach((fact) => {
      const when = fact.during ? ` (${fact.during})` : "";
      content.push(claimArticle(fact, `${fact.relation}: ${fact.value}${when}`));
    });
    thing.gaps.forEach((gap) => {
      const article = element("article");
      article.append(element("h3", `${gap.relation}: not stated`));
      const place = gap.passage ? `, ${gap.passage},` : "";
      article.append(element("p", `${gap.source}${place} does not say.`));
      content.push(article);
    });
    const linked = data.claims.filter((claim) => claim.subject === id || claim.object === id);
    if (linked.length) {
      const list = element("ul", undefined, "choices");
      linked.forEach((claim) => {
        const item = choice(claim.sentence, () => showClaim(claim.id));
        if (!claim.accepted) item.append(" ", element("span", standing(claim), "standing"));
        list.append(item);
      });
      content.push(element("h3", "Links"), list);
    }
    reveal(thing.type);
    show(...content);
    network.selectNodes([id]);
    keepInSight([id]);
  }

  function choice(text, action) {
    const item = element("li");
    const button = element("button", text, "sentence");
    button.type = "button";
    button.addEventListener("click", action);
    item.append(button);
    return item;
  }

  network.on("click", (event) => {
    if (!event.nodes.length && !event.edges.length) return;
    if (narrow.matches) picture.scrollIntoView({ block: "start" });
    if (event.nodes.length) showThing(event.nodes[0]);
    else showClaim(event.edges[0]);
  });
  close.addEventListener("click", clear);

  document.getElementById("list").addEventListener("click", (event) => {
    const button = event.target.closest("button.sentence");
    if (!button) return;
    showClaim(button.dataset.claim);
    if (!narrow.matches) document.querySelector("main").scrollIntoView({ block: "nearest" });
    panel.focus({ preventScroll: true });
  });

  function fold(text) {
    return text.toLocaleLowerCase().replace(/[.'’‘`]/g, "").replace(/[^\p{L}\p{N}]+/gu, "-");
  }

  document.getElementById("search").addEventListener("submit", (event) => {
    event.preventDefault();
    const wanted = fold(document.getElementById("words").value);
    if (!wanted) return;
    const names = (node) => [node.title, ...node.also].map(fold);
    const exact = data.nodes.find((node) => names(node).includes(wanted));
    const alike = data.nodes.filter((node) => names(node).some((name) => name.includes(wanted)));
    const found = exact ? [exact] : alike;
    told.textContent = found.length ? "" : "Nothing here is called that.";
    if (found.length === 1) visit(found[0].id);
    else if (found.length) offer(`${found.length} things are called so`, found);
    else missed(wanted);
  });

  // How many letters must be changed, added or taken away to make one word of the other.
  function apart(one, other) {
    let row = Array.from({ length: other.length + 1 }, (_, column) => column);
    [...one].forEach((letter, index) => {
      const next = [index + 1];
      for (let column = 1; column <= other.length; column += 1) {
        const same = letter === other[column - 1] ? 0 : 1;
        next.push(Math.min(row[column] + 1, next[column - 1] + 1, row[column - 1] + same));
      }
      row = next;
    });
    return row[other.length];
  }

  // The former thing goes, or it would pass for the answer.
  function missed(wanted) {
    clear();
    const far = Math.max(1, Math.floor(wanted.length / 3));
    const distance = (node) => {
      const names = [node.title, ...node.also].map(fold);
      const words = names.flatMap((name) => [name, ...name.split("-")]);
      return Math.min(...words.map((word) => apart(wanted, word)));
    };
    const near = data.nodes
      .map((node) => ({ node, letters: distance(node) }))
      .filter(({ letters }) => letters <= far)
      .sort((a, b) => a.letters - b.letters)
      .slice(0, 8)
      .map(({ node }) => node);
    if (near.length) offer("Did you mean", near);
  }

  function visit(id) {
    if (narrow.matches) picture.scrollIntoView({ block: "start" });
    network.focus(id, { scale: 1, animation: false });
    showThing(id);
  }

  function offer(heading, found) {
    const list = element("ul", undefined, "choices");
    found.forEach((node) => list.append(choice(node.title, () => visit(node.id))));
    show(element("h2", heading), list);
  }

  function setType(button, shown) {
    button.setAttribute("aria-pressed", String(shown));
    const hit = data.nodes.filter((node) => node.type === button.dataset.type);
    nodes.update(hit.map((node) => ({ id: node.id, hidden: !shown })));
  }

  function reveal(type) {
    document.querySelectorAll("button.type").forEach((button) => {
      const hidden = button.getAttribute("aria-pressed") !== "true";
      if (hidden && button.dataset.type === type) setType(button, true);
    });
  }

  document.querySelectorAll("button.type").forEach((button) => {
    button.addEventListener("click", () => {
      setType(button, button.getAttribute("aria-pressed") !== "true");
    });
  });

  const zoom = (factor) => {
    network.moveTo({ scale: network.getScale() * factor, animation: false });
  };
  document.getElementById("nearer").addEventListener("click", () => zoom(1.3));
  document.getElementById("farther").addEventListener("click", () => zoom(1 / 1.3));
  document.getElementById("everything").addEventListener("click", () => {
    network.unselectAll();
    network.fit({ animation: false });
  });

  // Where the whole graph would be too small to read, begin at the thing with the most links.
  function firstView() {
    network.fit({ animation: false });
    if (!data.nodes.length || network.getScale() >= 0.35) return;
    const links = (node) => network.getConnectedEdges(node.id).length;
    const hub = data.nodes.reduce((best, node) => (links(node) > links(best) ? node : best));
    network.focus(hub.id, { scale: 0.7, animation: false });
  }

  // A phone's address bar comes and goes with scrolling; that is no reason to lose one's place.
  let width = window.innerWidth;
  window.addEventListener("resize", () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    firstView();
  });
  firstView();
  window.sousveilPage = { network, nodes, edges };
})();
