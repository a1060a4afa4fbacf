// The page of hundreds to 50,000 things: one drawing on a canvas, search as the way in.
import { $ } from "./dom.js";
import { tellHeight } from "./frame.js";
import { canvasPicture } from "./canvas-picture.js";
import { nearest } from "./nearest.js";
import { packedNetwork } from "./packed-network.js";
import { start, withNeighbours } from "./start.js";

if ($("picture")) {
  const network = withNeighbours(packedNetwork());
  start(network, (acts) => {
    const picture = canvasPicture(network, acts);
    return { now: () => picture, each: (action) => action(picture) };
  }, nearest);
} else tellHeight();
