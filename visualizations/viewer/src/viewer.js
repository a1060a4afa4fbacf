// The page of up to 300 things: two drawings, for an article and for a phone, one of which is shown
// and made to answer; the other is when the page's width calls for it.
import { $, all } from "./dom.js";
import { tellHeight } from "./frame.js";
import { rowNetwork } from "./rows.js";
import { start, withNeighbours } from "./start.js";
import { svgPicture } from "./svg.js";

if ($("picture")) {
  const network = withNeighbours(rowNetwork());
  const narrow = matchMedia("(max-width: 560px)");
  const drawings = all("#picture > svg");
  start(network, (acts) => {
    const live = [];
    const now = () => (live[+narrow.matches] ||= svgPicture(drawings[+narrow.matches], network, acts));
    now();
    narrow.onchange = () => {
      now();
      dispatchEvent(new Event("hashchange")); // what was chosen is shown in this one as well
    };
    return { now, each: (action) => live.forEach(action) };
  });
} else tellHeight();
