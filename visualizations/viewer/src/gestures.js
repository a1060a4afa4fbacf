// Zooming and moving a picture: buttons, pinch, drag, and the wheel only with Ctrl or Command, so
// that a plain wheel and a finger scroll the article.

/** Calls zoom(factor, x, y), move(dx, dy) and tap(event); pixels of the element. */
export function gestures(element, { zoom, move, tap }) {
  const fingers = new Map();
  let start = null;
  const at = (event) => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const spread = () => {
    const [a, b] = [...fingers.values()];
    return { far: Math.hypot(a.x - b.x, a.y - b.y) || 1, x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  };
  element.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    fingers.set(event.pointerId, at(event));
    start = { ...at(event), moved: fingers.size > 1, pinch: fingers.size > 1 ? spread().far : 0 };
  });
  element.addEventListener("pointermove", (event) => {
    if (!start || !fingers.has(event.pointerId)) return;
    const here = at(event);
    const before = fingers.get(event.pointerId);
    fingers.set(event.pointerId, here);
    if (fingers.size > 1) {
      const { far, x, y } = spread();
      zoom(far / start.pinch, x, y);
      start.pinch = far;
    } else if (start.moved || Math.hypot(here.x - start.x, here.y - start.y) > 5) {
      if (!start.moved) element.setPointerCapture(event.pointerId);
      start.moved = true;
      move(here.x - before.x, here.y - before.y);
    }
  });
  const end = (event) => {
    if (!fingers.delete(event.pointerId) || fingers.size) return;
    if (start && !start.moved && event.type === "pointerup") tap(event);
    start = null;
  };
  ["pointerup", "pointercancel"].forEach((name) => element.addEventListener(name, end));
  element.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const { x, y } = at(event);
    zoom(Math.exp(-event.deltaY * 0.003), x, y);
  }, { passive: false });
}
