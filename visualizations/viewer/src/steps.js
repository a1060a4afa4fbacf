// The guided steps as slides: one at a time, by buttons or by keys, each with its part in focus.
import { $, all, say } from "./dom.js";

export function guidedSteps(shown) {
  const box = $("steps");
  if (!box) return null;
  const items = all("li", box);
  const bar = box.lastElementChild;
  const [back, next] = [$("back"), $("next")];
  const numbers = (text) => (text ? text.split(" ").map(Number) : []);
  let now = -1;
  function go(number) {
    now = Math.max(0, Math.min(items.length - 1, number));
    items.forEach((item, n) => item.classList.toggle("now", n === now));
    $("at").textContent = say("step", { i: now + 1, n: items.length });
    back.disabled = now === 0;
    next.disabled = now === items.length - 1;
    const { n, c } = items[now].dataset;
    shown(numbers(n), numbers(c), now);
  }
  box.classList.add("live");
  bar.hidden = false;
  back.onclick = () => go(now - 1);
  next.onclick = () => go(now + 1);
  box.addEventListener("keydown", (event) => {
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!move) return;
    event.preventDefault();
    go(now + move);
  });
  $("at").textContent = say("steps-hint", { n: items.length });
  back.disabled = true;
  return { go, now: () => now };
}
