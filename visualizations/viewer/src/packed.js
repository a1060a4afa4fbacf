// Whole numbers as Python packs them: base64 of LEB128, differences folded so that none is negative.

export function unpack(text) {
  const bytes = atob(text);
  const found = [];
  let value = 0;
  let shift = 0;
  for (let n = 0; n < bytes.length; n += 1) {
    const byte = bytes.charCodeAt(n);
    value += (byte & 127) * 2 ** shift;
    if (byte > 127) shift += 7;
    else {
      found.push(value);
      value = 0;
      shift = 0;
    }
  }
  return found;
}

export const unfold = (value) => (value & 1 ? -(value + 1) / 2 : value / 2);

export function summed(text) {
  let last = 0;
  return unpack(text).map((value) => (last += unfold(value)));
}
