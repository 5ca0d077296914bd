/**
 * Tells whether `text` matches a glob: `*` stands for any text, `?` for one character, everything else for itself.
 * Case-insensitive. Cost: at most length of the text times length of the glob, whatever the glob.
 */
export function matchesGlob(glob: string, text: string): boolean {
  const pattern = glob.toLowerCase();
  const subject = text.toLowerCase();
  let patternIndex = 0;
  let subjectIndex = 0;
  let starIndex = -1;
  let resumeIndex = 0;
  while (subjectIndex < subject.length) {
    const wanted = pattern[patternIndex];
    if (wanted === "*") {
      starIndex = patternIndex++;
      resumeIndex = subjectIndex;
    } else if (wanted === "?" || wanted === subject[subjectIndex]) {
      patternIndex++;
      subjectIndex++;
    } else if (starIndex >= 0) {
      patternIndex = starIndex + 1;
      subjectIndex = ++resumeIndex;
    } else {
      return false;
    }
  }
  while (pattern[patternIndex] === "*") patternIndex++;
  return patternIndex === pattern.length;
}
