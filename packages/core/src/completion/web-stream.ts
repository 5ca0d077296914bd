import type { Operation } from "../operation/operation.ts";
import { completeIterator } from "./iterator.ts";

/** Ends the operation when the stream has been read to its end, is cancelled or fails. The stream itself comes back, its ways out watched. */
export function completeReadable(operation: Operation, stream: ReadableStream): ReadableStream {
  const getReader = stream.getReader.bind(stream);
  const pipeTo = stream.pipeTo.bind(stream);
  const cancel = stream.cancel.bind(stream);
  const values = stream.values.bind(stream);
  const tee = stream.tee.bind(stream);
  const iterate = (options?: { preventCancel?: boolean }) =>
    completeIterator(operation, values(options) as never) as unknown as ReturnType<ReadableStream["values"]>;
  return define(stream, {
    getReader: (options?: { mode: "byob" }) => {
      const reader = options === undefined ? getReader() : getReader(options);
      // A released lock rejects `closed`: the stream is then still to be read.
      void watch(operation, reader.closed, (error) => error instanceof TypeError);
      return reader;
    },
    pipeTo: (...given: Parameters<typeof pipeTo>) => watch(operation, pipeTo(...given)),
    pipeThrough: (pair: { readable: ReadableStream; writable: WritableStream }, options?: object) => {
      void watch(operation, pipeTo(pair.writable, options));
      return pair.readable;
    },
    cancel: (reason?: unknown) => watch(operation, cancel(reason)),
    values: iterate,
    [Symbol.asyncIterator]: iterate,
    tee: () => tee().map((branch) => completeReadable(operation, branch)),
  });
}

/** Ends the operation when the stream is closed, aborted or fails. The stream itself comes back. */
export function completeWritable(operation: Operation, stream: WritableStream): WritableStream {
  const getWriter = stream.getWriter.bind(stream);
  const close = stream.close.bind(stream);
  const abort = stream.abort.bind(stream);
  return define(stream, {
    getWriter: () => {
      const writer = getWriter();
      void watch(operation, writer.closed, (error) => error instanceof TypeError);
      return writer;
    },
    close: () => watch(operation, close()),
    abort: (reason?: unknown) => watch(operation, abort(reason)),
  });
}

/** Follows `promise` on the side: its rejection is nobody's but its owner's. */
function watch<P extends Promise<unknown>>(operation: Operation, promise: P, notYet?: (error: unknown) => boolean): P {
  promise.then(
    () => operation.end(),
    (error: unknown) => {
      if (notYet?.(error) !== true) operation.fail(error);
    },
  );
  return promise;
}

function define<T extends object>(target: T, methods: Readonly<Record<string | symbol, unknown>>): T {
  for (const name of Reflect.ownKeys(methods)) {
    Object.defineProperty(target, name, { configurable: true, writable: true, value: methods[name as string] });
  }
  return target;
}
