// The view in the address, after the #: what is open, what is hidden, from when to when.

export const readAddress = () => new URLSearchParams(location.hash.slice(1));

export function writeAddress(state) {
  const kept = Object.entries(state).filter(([, value]) => value);
  const hash = new URLSearchParams(kept).toString();
  if (hash === location.hash.slice(1)) return;
  try {
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  } catch {
    // A frame without an origin may not write its address; the view is not remembered then.
  }
}
