export { apportion, largestRemainder, percent, roundHalfUp } from './ratio.ts';
