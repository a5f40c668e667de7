export { isCurrency, minorUnits } from './currency.ts';
export { formatAmount, formatMicros, MICROS_PER_UNIT, parseMicros } from './micros.ts';
export { divideHalfUp, type GrossParts, microsPerMinorUnit, parseRate, splitGross } from './rounding.ts';
