// Letters, one page each; organizations and years from their front matter; a feed and a sitemap.

const slug = (name) => name.toLowerCase().normalize("NFKD").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");

/** The letters under each name that `key` gives of a letter, names in order. Names of one address are one. */
function group(letters, key) {
  const groups = new Map();
  for (const letter of letters) {
    for (const name of key(letter)) {
      const at = slug(name);
      if (!groups.has(at)) groups.set(at, { name, slug: at, letters: [] });
      groups.get(at).letters.push(letter);
    }
  }
  return [...groups.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

export default function (eleventy) {
  eleventy.addPassthroughCopy("content/style.css");
  eleventy.addFilter("slug", slug);
  const letters = (api) => api.getFilteredByTag("letters").reverse();
  eleventy.addCollection("newestFirst", letters);
  eleventy.addCollection("organizations", (api) => group(letters(api), (letter) => letter.data.organizations));
  eleventy.addCollection("years", (api) => group(letters(api), (letter) => letter.data.years));
  return { dir: { input: "content", includes: "../_includes", output: "public" }, markdownTemplateEngine: false };
}
