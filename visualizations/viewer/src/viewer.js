// The page of up to 300 things: two drawings, for an article and for a phone, one of which is shown.
import { $, all } from "./dom.js";
import { tellHeight } from "./frame.js";
import { rowNetwork } from "./rows.js";
import { start, withNeighbours } from "./start.js";
import { svgPicture } from "./svg.js";

if ($("picture")) {
  const network = withNeighbours(rowNetwork());
  const narrow = window.matchMedia("(max-width: 560px)");
  start(network, (acts) => {
    const drawn = all("#picture > svg").map((svg) => svgPicture(svg, network, acts));
    return { all: drawn, now: () => drawn[narrow.matches ? 1 : 0] };
  });
} else tellHeight();
