/** Something that could not be read; whatever could be is answered all the same. */
export interface Notice {
  /** File or directory it is about. */
  readonly path: string;
  /** What is wrong, in one line. */
  readonly message: string;
}

/** Most notices that are kept; further ones are only counted. */
export const maxNotices = 20;

/** Collects notices, each once, at most {@link maxNotices}. */
export interface NoticeList {
  add(notice: Notice): void;
  list(): readonly Notice[];
  /** Notices beyond the bound. */
  omitted(): number;
}

/** An empty list. */
export function createNoticeList(): NoticeList {
  const notices = new Map<string, Notice>();
  let omitted = 0;
  return {
    add(notice) {
      const key = `${notice.path}\n${notice.message}`;
      if (notices.has(key)) return;
      if (notices.size < maxNotices) notices.set(key, notice);
      else omitted += 1;
    },
    list: () => [...notices.values()],
    omitted: () => omitted,
  };
}
