import type { ChildAnswer } from "../measure/cell.ts";
import { sentBy, setting } from "./regime.ts";
import type { RegimeContext } from "./regime.ts";
import { createSpin } from "./work-kernel.ts";

/** Operations around half a millisecond of work in one synchronous loop: what has left the process before the loop yields. */
export async function run(context: RegimeContext): Promise<ChildAnswer> {
  const spin = createSpin();
  const steps = Math.round(setting(context, "stepsPerUs") * 500);
  let kept = 0;
  const work = (): void => void (kept = spin(steps));
  const subject = await context.startSubject();
  let operations = 0;
  const endMs = performance.now() + setting(context, "blockedMs");
  while (performance.now() < endMs) {
    subject.operate(work);
    operations += 1;
  }
  const endedAtMs = Date.now();
  await subject.flush();
  return {
    figures: { ended: operations * subject.sends.spans, kept: Math.sign(Math.abs(kept)) },
    sent: sentBy(subject, operations),
    endedAtMs,
  };
}
