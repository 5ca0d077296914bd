/** Processor time since a moment, in microseconds. */
export interface ProcessorTime {
  readonly mainUs: number;
  /** Of all threads: garbage collection, workers, libuv's pool. */
  readonly processUs: number;
}

/** Begins to measure; the function gives the time since. The main thread's clock advances in steps of up to 4 ms: measure 100 ms or more. */
export function startProcessorTime(): () => ProcessorTime {
  const thread = process.threadCpuUsage();
  const whole = process.cpuUsage();
  return () => {
    const main = process.threadCpuUsage(thread);
    const all = process.cpuUsage(whole);
    return { mainUs: main.user + main.system, processUs: all.user + all.system };
  };
}
