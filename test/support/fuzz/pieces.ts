/** The bytes cut at these places, wherever they lie. */
export function pieces(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const inside = cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b);
  const places = [0, ...inside, bytes.length];
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}
