// Asks an index the queries of the manual. Prints the addresses that each finds, as JSON.

import { openIndex } from "../search/open.js";

const [manifest, ...queries] = process.argv.slice(2);
const engine = await openIndex(manifest);
const found = [];
for (const query of queries) {
  const { results } = await engine.search({ query, size: 10 });
  found.push(results.map(({ url }) => url));
}
console.log(JSON.stringify(found));
