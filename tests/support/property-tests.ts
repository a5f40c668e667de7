import fc from 'fast-check';

/** Property tests try the same cases in every run, so that a failure is one of the change at hand; `random` tries others. */
const { PROPERTY_SEED: seed = '20260315' } = process.env;

if (seed !== 'random') fc.configureGlobal({ seed: Number(seed) });
