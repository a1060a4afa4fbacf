// Names that are spelt nearly like the one that was asked for.

/** `names` holds the folded names of each thing; returns the numbers of at most eight things. */
export function nearest(wanted, names) {
  const most = Math.max(1, Math.floor(wanted.length / 3));
  return [...names.keys()]
    .map((n) => [Math.min(...names[n].flatMap((x) => [x, ...x.split(" ")]).map((x) => apart(wanted, x, most))), n])
    .filter(([letters]) => letters <= most)
    .sort((a, b) => a[0] - b[0])
    .slice(0, 8)
    .map(([, n]) => n);
}

// How many letters must be changed, added or taken away; anything above `most` is as good as far.
function apart(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let row = Array.from({ length: other.length + 1 }, (_, n) => n);
  [...one].forEach((letter, index) => {
    const next = [index + 1];
    for (let n = 1; n <= other.length; n += 1) {
      next.push(Math.min(row[n] + 1, next[n - 1] + 1, row[n - 1] + (letter !== other[n - 1])));
    }
    row = next;
  });
  return row[other.length];
}
