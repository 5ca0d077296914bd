/** The same record while it is being filled. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };
