import { openIndex } from "./open.js";

/**
 * Asks an index judged queries, `[query, wanted]`, where `wanted` is the start of a document's address or several.
 * Gives how many come first, how many are among the first five, and what came instead.
 * @param {string} manifest
 * @param {[string, string | string[]][]} judged
 */
export async function judge(manifest, judged) {
  const engine = await openIndex(manifest);
  const report = { queries: judged.length, first: 0, five: 0, missed: /** @type {string[]} */ ([]) };
  for (const [query, wanted] of judged) {
    const { results } = await engine.search({ query, size: 5 });
    const found = results.map(({ url }) => url.replace(/^documents\/|\/$/g, ""));
    const isWanted = (slug) => [wanted].flat().some((start) => slug.replace(/^\d{4}(-\d\d){0,2}-/, "").startsWith(start));
    const place = found.findIndex(isWanted);
    report.first += Number(place === 0);
    report.five += Number(place >= 0);
    if (place !== 0) report.missed.push(`${query}: ${place < 0 ? "not" : `${place + 1}th`}, after ${found[0] ?? "nothing"}`);
  }
  return report;
}
