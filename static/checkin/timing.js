// The phone's clocks and timers, in one place, so that what counts time can be given others in tests.

export const timing = {
  now: () => performance.now(),
  clock: () => new Date().toISOString(),
  later: (act, milliseconds) => setTimeout(act, milliseconds),
  cancel: (timer) => clearTimeout(timer),
};
