/**
 * The items that hold every word of a query: first those that begin with all of it, then those in
 * which a word of the text begins with a word of it; among equals the order stays.
 */
export function ranked<T>(items: readonly T[], query: string, textOf: (item: T) => string): T[] {
  const whole = query.trim().toLowerCase();
  const words = whole.split(/\s+/).filter(Boolean);
  const found = items.flatMap((item) => {
    const text = textOf(item).toLowerCase();
    const places = words.map((word) => placeOf(text, word));
    return places.every((place) => place !== null)
      ? { item, rank: text.startsWith(whole) ? -1 : sumOf(places) }
      : [];
  });
  return found.sort((a, b) => a.rank - b.rank).map(({ item }) => item);
}

function sumOf(places: readonly (number | null)[]): number {
  return places.reduce<number>((sum, place) => sum + (place ?? 0), 0);
}

/** 0 where the text begins with the word, 1 where a word of it does, 2 inside; null without it. */
function placeOf(text: string, word: string): number | null {
  const at = text.indexOf(word);
  if (at < 0) {
    return null;
  }
  return at === 0 ? 0 : text.includes(` ${word}`) || text.includes(`#${word}`) ? 1 : 2;
}
