// The panel upon the picture: what is said of the thing or the link that was chosen.
import { $, button, counted, make, page, say } from "./dom.js";

export function evidencePanel(network, acts) {
  const box = $("panel");
  let back = null;

  function close() {
    if (box.hidden) return;
    box.hidden = true;
    back?.focus({ preventScroll: true });
    back = null;
    acts.closed();
  }

  function show(heading, content, at) {
    if (box.hidden) back = document.activeElement;
    const x = button("×", close, "close");
    x.setAttribute("aria-label", say("close"));
    box.replaceChildren(x, make("h2", heading), ...content);
    box.hidden = false;
    box.scrollTop = 0;
    place(at);
    box.focus({ preventScroll: true });
  }

  // Beside what was chosen, where there is room; else below it. Never beyond the picture's sides.
  function place({ x, y }) {
    const { clientWidth: wide, clientHeight: high } = box.parentElement;
    const free = wide - box.offsetWidth - 4;
    const beside = x + 24 < free || x - 24 > wide - free;
    box.style.left = `${Math.max(4, beside ? (x + 24 < free ? free : 4) : Math.min(free, x))}px`;
    box.style.top = `${Math.max(4, Math.min(beside ? y - 60 : y + 18, high - 90))}px`;
    box.scrollIntoView({ block: "nearest" });
  }

  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  });

  function linkList(links) {
    const list = make("ul", undefined, "links");
    links.forEach((link) => {
      const item = make("li");
      item.append(button(link.sentence, () => acts.openLink(link), link.open ? "link o" : "link"));
      list.append(item);
    });
    return list;
  }

  return {
    close,
    link(link, at) {
      show(link.sentence, link.evidence(), at);
    },
    node(n, at) {
      const links = network.linksOf(n);
      const also = page.also?.[n] ? ` · ${page.also[n].join(", ")}` : "";
      const content = [
        make("p", `${page.k[network.kinds[n]]}${also} · ${counted("connections", links.length)}`, "kind"),
      ];
      if (page.caption?.[n]) content.push(make("p", page.caption[n]));
      const href = page.page?.[n] || (page.pages && `${page.pages}${network.anchors[n]}.html`);
      if (href) {
        const link = make("a", say("page"));
        link.href = href;
        const line = make("p");
        line.append(link);
        content.push(line);
      }
      network.factsOf(n).forEach((fact) => {
        const article = make("article");
        const told = fact.sentence.startsWith(`${network.names[n]} – `)
          ? fact.sentence.slice(network.names[n].length + 3)
          : fact.sentence;
        article.append(make("p", told), ...fact.evidence());
        content.push(article);
      });
      if (links.length) content.push(make("p", say("links"), "kind"), linkList(links.slice(0, 200)));
      show(network.names[n], content, at);
    },
    choices(heading, nodes, at) {
      const list = make("ul", undefined, "links");
      nodes.forEach((n) => {
        const item = make("li");
        item.append(button(network.names[n], () => acts.openNode(n)));
        list.append(item);
      });
      show(heading, [list], at);
    },
  };
}
