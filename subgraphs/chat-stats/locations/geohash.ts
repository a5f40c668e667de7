/** The alphabet of geohashes, in the order of its values, which is also that of its code points. */
const ALPHABET = '0123456789bcdefghjkmnpqrstuvwxyz';
const BITS_A_CHARACTER = 5;

/** Most characters of a geohash here: a cell of some 38 by 19 metres. */
export const LONGEST_GEOHASH = 8;

interface Range {
  low: number;
  high: number;
}

/** The geohash of a place: halves of the range of longitude and latitude in turn, the upper half as 1. */
export function geohashOf(latitude: number, longitude: number): string {
  const ranges: [Range, Range] = [
    { low: -180, high: 180 },
    { low: -90, high: 90 },
  ];
  const place = [longitude, latitude] as const;
  let hash = '';
  let bits = 0;
  for (let bit = 0; bit < LONGEST_GEOHASH * BITS_A_CHARACTER; bit++) {
    const axis = (bit % 2) as 0 | 1;
    const range = ranges[axis];
    const middle = (range.low + range.high) / 2;
    const isUpper = place[axis] >= middle;
    if (isUpper) range.low = middle;
    else range.high = middle;
    bits = 2 * bits + Number(isUpper);
    if (bit % BITS_A_CHARACTER !== BITS_A_CHARACTER - 1) continue;
    hash += ALPHABET[bits];
    bits = 0;
  }
  return hash;
}

/** The middle of a cell, in degrees with six decimals. */
export function middleOf(geohash: string): { latitude: number; longitude: number } {
  const ranges: [Range, Range] = [
    { low: -180, high: 180 },
    { low: -90, high: 90 },
  ];
  let axis: 0 | 1 = 0;
  for (const character of geohash) {
    const value = ALPHABET.indexOf(character);
    for (let bit = BITS_A_CHARACTER - 1; bit >= 0; bit--) {
      const range = ranges[axis];
      const middle = (range.low + range.high) / 2;
      if ((value >> bit) & 1) range.low = middle;
      else range.high = middle;
      axis = axis === 0 ? 1 : 0;
    }
  }
  const middle = ({ low, high }: Range) => Math.round(((low + high) / 2) * 1e6) / 1e6 + 0;
  return { latitude: middle(ranges[1]), longitude: middle(ranges[0]) };
}
