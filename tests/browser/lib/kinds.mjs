// One page of each kind, and the hard cases among documents.

import { crawl, pagesOf } from "./crawl.mjs";

/** Paths in the fixture by what they show. */
export const FIXTURE_PAGES = {
  "home": "",
  "documents": "documents/",
  "second page of documents": "documents/page/2/",
  "open letter": "documents/open-letter/",
  "source": "documents/open-letter/source/",
  "changed source": "documents/letter-of-april-or-may-1998/source/",
  "Korean document": "documents/korean-statement/",
  "Arabic document": "documents/arabic-letter/",
  "undated document": "documents/undated-memorandum/",
  "document of about a month": "documents/letter-about-november-2009/",
  "document of one of two days": "documents/letter-of-april-or-may-1998/",
  "document with a long title": "documents/long-title/",
  "document without text": "documents/without-text/",
  "document of a seed of three": "documents/telegram-2/",
  "hostile document": "documents/hostile/",
  "organizations": "organizations/",
  "organization": "organizations/harbour-committee/",
  "people": "people/",
  "person": "people/ada-oyelaran/",
  "years": "years/",
  "year": "years/2014/",
  "undated documents": "years/undated/",
  "kinds": "kinds/",
  "kind": "kinds/telegram/",
  "languages": "languages/",
  "language": "languages/ko/",
  "topics": "topics/",
  "topic": "topics/freedom-of-harbours/",
  "collections": "collections/",
  "fonds": "collections/papers/",
  "series": "collections/correspondence/",
  "file": "collections/quarantine/",
  "oldest documents": "documents/order/oldest/",
  "search": "search/",
  "results": "search/?q=crews",
  "open data": "data/",
  "about": "about/",
  "withdrawn document": "documents/withdrawn/",
  "not found": "no/such/page/",
};

/** Those in which a theme shows most of itself. */
export const MAIN_PAGES = [
  "home", "documents", "open letter", "Arabic document", "Korean document", "document with a long title", "source", "organizations",
  "organization", "people", "years", "year", "kinds", "collections", "series", "results", "open data", "not found",
];

/** Some pages of the fixture. */
export const only = (names) => Object.fromEntries(names.map((name) => [name, FIXTURE_PAGES[name]]));

/** The first page of each kind in any site, by path. */
export async function firstOfEachKind(site) {
  const pages = pagesOf(site, await crawl(site));
  const first = (pattern) => pages.find((path) => pattern.test(path));
  const found = {
    "home": "",
    "documents": first(/^documents\/$/),
    "document": first(/^documents\/(?!page\/)[^/]+\/$/),
    "source": first(/^documents\/[^/]+\/source\/$/),
    "organizations": first(/^organizations\/$/),
    "organization": first(/^organizations\/[^/]+\/$/),
    "people": first(/^people\/$/),
    "person": first(/^people\/[^/]+\/$/),
    "years": first(/^years\/$/),
    "year": first(/^years\/\d+\/$/),
    "undated documents": first(/^years\/undated\/$/),
    "kinds": first(/^kinds\/$/),
    "kind": first(/^kinds\/[^/]+\/$/),
    "languages": first(/^languages\/$/),
    "language": first(/^languages\/[^/]+\/$/),
    "collections": first(/^collections\/$/),
    "collection": first(/^collections\/[^/]+\/$/),
    "topic": first(/^topics\/[^/]+\/$/),
    "search": "search/",
    "open data": first(/^data\/$/),
    "about": "about/",
    "not found": "no/such/page/",
  };
  return Object.fromEntries(Object.entries(found).filter(([, path]) => path !== undefined));
}

/** The status that a path answers with. */
export const statusOf = (path) => (path.startsWith("no/") ? 404 : 200);
