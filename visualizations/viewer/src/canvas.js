// The page of hundreds to 50,000 things: one drawing on a canvas, search as the way in.
import { $ } from "./dom.js";
import { tellHeight } from "./frame.js";
import { canvasPicture } from "./canvas-picture.js";
import { nearest } from "./nearest.js";
import { packedNetwork } from "./packed-network.js";
import { pagedTable } from "./paged-table.js";
import { start, withNeighbours } from "./start.js";

if ($("picture")) {
  const network = withNeighbours(packedNetwork());
  const table = pagedTable(network);
  start(network, (acts) => {
    const drawn = canvasPicture(network, acts);
    const picture = {
      ...drawn,
      mark(found) {
        drawn.mark(found);
        table.mark(found);
      },
      hide(gone) {
        drawn.hide(gone);
        table.hide(gone);
      },
    };
    return { now: () => picture, each: (action) => action(picture) };
  }, nearest);
} else tellHeight();
