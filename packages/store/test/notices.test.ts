import { expect, test } from "vitest";
import { createNoticeList, maxNotices } from "../src/read/notices.ts";

test("createNoticeList() keeps each notice once", () => {
  const notices = createNoticeList();
  notices.add({ path: "a", message: "is corrupt" });
  notices.add({ path: "a", message: "is corrupt" });
  expect(notices.list()).toEqual([{ path: "a", message: "is corrupt" }]);
});

test("createNoticeList() keeps the last accepted notice and counts the first refused one", () => {
  const notices = createNoticeList();
  for (let number = 1; number <= maxNotices; number += 1) notices.add({ path: String(number), message: "is corrupt" });
  expect([notices.list().length, notices.omitted()]).toEqual([maxNotices, 0]);
  notices.add({ path: "one more", message: "is corrupt" });
  expect([notices.list().length, notices.omitted()]).toEqual([maxNotices, 1]);
});
