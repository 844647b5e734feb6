import * as fc from 'fast-check';

// The same cases on every run, so that a failure is of the change at hand; `SEED=$RANDOM npm test` looks further.
fc.configureGlobal({ seed: Number(process.env.SEED ?? 1) });
