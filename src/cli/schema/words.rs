//! What each key of the archive's files means, in the words that editors show; with rules for its value
//! that its type does not show.

use serde_json::Value;

/// The words for a key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// Where the key is: the kind of file and the names of the tables, joined by points.
    place: &'static str,
    /// What it means.
    pub(super) text: &'static str,
    /// A keyword of JSON Schema, and its value as JSON.
    rule: Option<(&'static str, &'static str)>,
}

impl Word {
    /// A keyword of JSON Schema with its value.
    pub(super) fn rule(&self) -> Option<(&'static str, Value)> {
        let (name, value) = self.rule?;
        Some((name, serde_json::from_str(value).expect("the table below holds JSON")))
    }
}

/// The words for a key.
pub(super) fn of(place: &str) -> Option<&'static Word> {
    let place = common(place);
    WORDS.iter().find(|word| word.place == place)
}

/// The place that has the words of another: a folder has the settings of all seeds.
pub(super) fn common(place: &str) -> String {
    place.replacen("config.ingest.folders.", "config.ingest.", 1)
}

/// Every place that has words.
#[cfg(test)]
pub(super) fn places() -> impl Iterator<Item = &'static str> {
    WORDS.iter().map(|word| word.place)
}

const fn word(place: &'static str, text: &'static str) -> Word {
    Word { place, text, rule: None }
}

const fn ruled(
    place: &'static str,
    text: &'static str,
    name: &'static str,
    value: &'static str,
) -> Word {
    Word { place, text, rule: Some((name, value)) }
}

const WORDS: &[Word] = &[
    word("document.title", "Title, formal or supplied"),
    word(
        "document.date",
        "When it was made, EDTF: `1921-03-14`, `1921-03`, `1921~` (about), `1921?`, `192X`, `1921/1923`; absent when undated",
    ),
    word("document.kind", "What it is; more kinds in `[kinds]` of config.toml"),
    ruled(
        "document.language",
        "Language of the text, a BCP 47 tag",
        "pattern",
        "\"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$\"",
    ),
    word("document.place", "Where it was made"),
    word("document.subject", "What it says it is about: the “Re:” line"),
    word("document.references", "The document's own reference codes, not those that it cites"),
    word("document.creators", "Who wrote or issued it"),
    word("document.creators.person", "Name of the person"),
    word("document.creators.role", "In what role the person acts"),
    word("document.creators.organization", "Name of the organization"),
    word("document.signatories", "Who signed it, in the order of the document"),
    word("document.signatories.person", "Name of the person"),
    word("document.signatories.role", "In what role the person acts"),
    word("document.signatories.organization", "Name of the organization"),
    word("document.recipients", "Whom it is addressed to"),
    word("document.recipients.person", "Name of the person"),
    word("document.recipients.role", "In what role the person acts"),
    word("document.recipients.organization", "Name of the organization"),
    word("document.copied", "Who gets a copy"),
    word("document.copied.person", "Name of the person"),
    word("document.copied.role", "In what role the person acts"),
    word("document.copied.organization", "Name of the organization"),
    word(
        "document.in_reply_to",
        "Slug of the document that it answers; an empty text if it answers none, even if it seems to",
    ),
    word("document.translation_of", "Slug of the document of which it is a translation"),
    word(
        "document.version_of",
        "Slug of the document of which it is another draft, copy or edition",
    ),
    word("document.part_of", "Slug of the document to which it belongs, as an annex does"),
    word("document.supersedes", "Slug of the document whose place it takes"),
    word(
        "document.collection",
        "Slug of the fonds, series or file in which it lies: a file of `content/collections/`",
    ),
    word("document.reference", "Shelf mark or reference code: `AS/3/17`"),
    word("document.extent", "How much there is of it: `2 leaves`"),
    word("document.topics", "Free subject headings"),
    word("document.description", "For lists and search; else the first sentences"),
    word("document.draft", "Left out of a build without `--drafts`"),
    word("document.embargo_until", "Left out like a draft before this day"),
    word("document.withdrawn", "No longer shown: a reason for readers, or a table"),
    word("document.withdrawn.reason", "Why; readers see this"),
    word("document.withdrawn.date", "Since when"),
    word("document.withdrawn.title", "The title, if it may still be shown"),
    ruled(
        "document.slug",
        "Last part of the URL, else the file's name",
        "pattern",
        "\"^[a-z0-9]+(-[a-z0-9]+)*$\"",
    ),
    ruled(
        "document.aliases",
        "Old URLs that redirect here, from the root of the site",
        "pattern",
        "\"^/[^/]\"",
    ),
    word("document.rights", "A RightsStatements.org or licence URI"),
    word(
        "document.files",
        "Page images and PDFs of it: paths below `seeds/`, in the order of their pages",
    ),
    word("document.template", "Name of the template, if not the kind's own"),
    word("document.added", "Day on which the record came into the archive"),
    word("document.updated", "Day of the record's last change"),
    word("document.source", "Where the text comes from"),
    word("document.source.seed", "Path below `seeds/`"),
    ruled(
        "document.source.sha256",
        "SHA-256 of the seed's bytes, in hexadecimal",
        "pattern",
        "\"^[0-9a-f]{64}$\"",
    ),
    word("document.source.lines", "First and last line in the seed, counted from 1"),
    word("document.source.url", "Where the text was found"),
    word(
        "document.source.public",
        "With `false`, readers see neither the seed's lines nor the seed",
    ),
    word(
        "document.withheld",
        "What readers must not see of the seed; all of it, if no lines are named",
    ),
    word("document.withheld.lines", "First and last line in the seed, counted from 1"),
    word("document.withheld.file", "One of the document's files; not needed if it is the only one"),
    ruled("document.withheld.page", "Page of the file, counted from 1", "minimum", "1"),
    word("document.withheld.region", "Part of that page in pixels: left, top, width, height"),
    word("document.withheld.reason", "Why; readers see this"),
    word(
        "document.corrected",
        "Lines of the seed with words that are missing in the text because somebody corrected it",
    ),
    word("document.corrected.lines", "First and last line in the seed, counted from 1"),
    word("document.corrections", "What was corrected in the record or the text, for readers"),
    word("document.corrections.date", "Day on which it was corrected"),
    word("document.corrections.field", "Name of the field that was wrong; `text` if none is named"),
    word("document.corrections.by", "Who corrected it, or asked for it"),
    word("document.corrections.reason", "What was wrong, and why"),
    word("document.source.encoding", "Encoding of the seed, if it is not UTF-8"),
    word("document.review", "Doubts that nobody has settled"),
    word("document.review.field", "The doubtful field"),
    word("document.review.reason", "Why it is doubtful"),
    word("document.review.line", "The line of the seed that raised it"),
    word("document.extra", "Your own keys, or keys of the theme"),
    word("document.tags", "As in Zola and Hugo: more `topics`"),
    word("document.categories", "As in Zola and Hugo: more `topics`"),
    word(
        "document.taxonomies",
        "Its terms in the archive's own taxonomies, by their keys: `box = \"Box 3/Folder 12\"`. As in Zola, tags and categories \
         are `topics`, authors `creators`",
    ),
    word("document.author", "As in Hugo: the `creators`, if there are none"),
    word("document.authors", "As in Zola: the `creators`, if there are none"),
    word("document.summary", "As in Hugo: the `description`, if there is none"),
    word("document.lastmod", "As in Hugo: `updated`"),
    word("document.publishDate", "As in Hugo: `embargo_until`"),
    word("document.path", "As in Zola: an old URL, which redirects here"),
    word("document.url", "As in Hugo: an old URL, which redirects here"),
    word("document.weight", "As in Zola and Hugo; kept under `extra`"),
    word("authority.title", "The preferred form of the name"),
    word("authority.aliases", "Other forms of the name"),
    word("authority.acronym", "Acronym"),
    word(
        "authority.sort_name",
        "Family name and given names in the order of a catalogue; people only",
    ),
    word("authority.part_of", "Name of the body that it is a part of; organizations only"),
    word(
        "authority.successor_of",
        "Names of the bodies that it took the place of; organizations only",
    ),
    word("authority.country", "Country of its seat, in words"),
    word("authority.dates", "Dates of existence, an EDTF interval"),
    word("authority.url", "Its web site"),
    word("authority.identifiers", "Numbers in other authority files"),
    word("authority.identifiers.scheme", "Name of the authority file: ISNI, Wikidata, VIAF"),
    word("authority.identifiers.value", "The number in it"),
    word("authority.description", "One sentence for lists"),
    ruled(
        "authority.slug",
        "Last part of the URL, else the file's name",
        "pattern",
        "\"^[a-z0-9]+(-[a-z0-9]+)*$\"",
    ),
    word("authority.merged", "Old slugs that redirect here, such as those of merged records"),
    word("authority.review", "Doubts that nobody has settled"),
    word("authority.review.field", "The doubtful field"),
    word("authority.review.reason", "Why it is doubtful"),
    word("authority.review.line", "The line of the seed that raised it"),
    word("authority.extra", "Your own keys, or keys of the theme"),
    word("collection.title", "Title"),
    word("collection.level", "Its level in the arrangement"),
    word("collection.reference", "Reference code or shelf mark"),
    word("collection.dates", "When its documents were made, EDTF"),
    word("collection.extent", "How much there is of it: `3 boxes`"),
    word("collection.creators", "Who made or gathered its documents"),
    word("collection.creators.person", "Name of the person"),
    word("collection.creators.role", "In what role the person acts"),
    word("collection.creators.organization", "Name of the organization"),
    word("collection.history", "Its creator's life or office, and its custody"),
    word("collection.scope", "What its documents are about"),
    word("collection.conditions", "Who may see and use it"),
    word("collection.part_of", "Slug of the unit that it is a part of"),
    word("collection.description", "One sentence for lists"),
    word("collection.weight", "Place among the units beside it, lowest first"),
    ruled(
        "collection.slug",
        "Last part of the URL, else the file's name",
        "pattern",
        "\"^[a-z0-9]+(-[a-z0-9]+)*$\"",
    ),
    word("collection.extra", "Your own keys, or keys of the theme"),
    word("page.title", "Title"),
    word("page.description", "One sentence for search engines"),
    word(
        "page.weight",
        "Place in the site's navigation, lowest first; pages without one are linked in the footer",
    ),
    word(
        "page.featured",
        "Slug of a document that the home page shows; in `content/index.md` only",
    ),
    word("page.draft", "Left out of a build without `--drafts`"),
    ruled("page.slug", "URL path, else the file's name", "pattern", "\"^[a-z0-9]+(-[a-z0-9]+)*$\""),
    ruled(
        "page.aliases",
        "Old URLs that redirect here, from the root of the site",
        "pattern",
        "\"^/[^/]\"",
    ),
    word("page.template", "Name of the template, if not `page.html`"),
    word("page.extra", "Your own keys, or keys of the theme"),
    word("page.summary", "As in Hugo: the `description`, if there is none"),
    word("page.path", "As in Zola: an old URL, which redirects here"),
    word("page.url", "As in Hugo: an old URL, which redirects here"),
    ruled(
        "config.base_url",
        "Where the site will be served from, with a path if it has one",
        "pattern",
        "\"^https?://\"",
    ),
    word("config.title", "Title of the site"),
    word("config.description", "One sentence on what the archive is"),
    word(
        "config.default_language",
        "BCP 47 tag of the interface, and of documents that do not say otherwise",
    ),
    word(
        "config.theme",
        "Name of the folder below `themes/`; `default` is built into the program. Or a table that sets more of the look",
    ),
    word(
        "config.theme.name",
        "Name of the folder below `themes/`; `default` is built into the program",
    ),
    ruled(
        "config.theme.accent",
        "Colour of marks and of links under the pointer, in hexadecimal; its contrast must pass WCAG AA",
        "pattern",
        "\"^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$\"",
    ),
    ruled(
        "config.theme.accent_dark",
        "The same on dark grounds; made of `accent` if it is not given",
        "pattern",
        "\"^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$\"",
    ),
    word(
        "config.theme.logo",
        "A picture beside the site's title: the path of a file below `static/`",
    ),
    word("config.theme.logo_dark", "The same on dark grounds"),
    word(
        "config.theme.typeface",
        "What texts and titles are set in: `serif`, `old-style`, `slab`, `sans`, `humanist`, or a `.woff2` file below `static/`",
    ),
    word("config.theme.interface", "What navigation, facts and labels are set in: as `typeface`"),
    ruled(
        "config.theme.density",
        "How close lines and rows are",
        "enum",
        "[\"compact\", \"comfortable\", \"roomy\"]",
    ),
    word("config.output_dir", "Folder that the site is written to"),
    word("config.minify_html", "Whether pages are minified"),
    ruled("config.paginate_by", "Entries of one page of a long list", "minimum", "1"),
    word("config.archive", "Who holds the documents"),
    word("config.archive.name", "Name of the holding archive, if not the site's title"),
    word("config.archive.publisher", "Who publishes the site"),
    word("config.archive.contact", "An e-mail address or a URL"),
    word(
        "config.archive.tag_authority",
        "The beginning of the ids of feeds and records, which stay the same if the site moves: `example.org,2024`",
    ),
    word(
        "config.archive.rights",
        "Rights statement of documents that have none of their own, a URI",
    ),
    word(
        "config.archive.corrections",
        "Where readers suggest corrections: a URL in which `{path}` is replaced by the path of the content file",
    ),
    word("config.ingest", "The archive's habits, for ingest"),
    word("config.ingest.languages", "BCP 47 tags of the languages that documents may be in"),
    word("config.ingest.encoding", "Encoding of the seeds that are not UTF-8"),
    ruled(
        "config.ingest.date_order",
        "How dates in digits are written; without it both orders are kept",
        "enum",
        "[\"dmy\", \"mdy\", \"ymd\"]",
    ),
    word("config.ingest.filename", "Patterns of seed names, such as `{date}-{organization}`"),
    word(
        "config.ingest.furniture",
        "Lines to drop: the text of a whole line, or a regular expression between slashes",
    ),
    word("config.ingest.ignore", "Seeds to ignore: paths below `seeds/`, with `*` and `**`"),
    word(
        "config.ingest.read",
        "Seeds to read, if not all: paths below `seeds/`, with `*` and `**`; the others are ignored",
    ),
    word(
        "config.ingest.attach",
        "Page images and PDFs to show and not to read: paths below `seeds/`, with `*` and `**`",
    ),
    word(
        "config.ingest.source",
        "With `false`, readers see neither the lines of the seeds nor the seeds",
    ),
    word(
        "config.ingest.collections",
        "With `false`, folders of seeds are no units of the arrangement",
    ),
    word("config.ingest.tables", "Tables whose rows describe documents: paths below `seeds/`"),
    word("config.ingest.columns", "Which columns of tables hold what, by their names"),
    word("config.ingest.columns.file", "Columns with the names of files"),
    word("config.ingest.columns.references", "Columns with references, identifiers, shelf marks"),
    word("config.ingest.columns.title", "Columns with titles"),
    word("config.ingest.columns.date", "Columns with dates"),
    word("config.ingest.columns.kind", "Columns with kinds of documents"),
    word("config.ingest.columns.language", "Columns with languages"),
    word("config.ingest.columns.place", "Columns with places of writing"),
    word("config.ingest.columns.subject", "Columns with “Re:” lines"),
    word("config.ingest.columns.creators", "Columns with writers, senders, issuing bodies"),
    word("config.ingest.columns.signatories", "Columns with those who signed"),
    word("config.ingest.columns.recipients", "Columns with addressees"),
    word("config.ingest.columns.copied", "Columns with those who got a copy"),
    word("config.ingest.columns.topics", "Columns with subject headings"),
    word("config.ingest.columns.description", "Columns with descriptions"),
    word("config.ingest.columns.rights", "Columns with rights statements"),
    word("config.ingest.columns.url", "Columns with addresses where texts were found"),
    word("config.ingest.columns.text", "Columns with texts, for documents without a file"),
    word("config.ingest.columns.unused", "Columns that are not to be used"),
    word("config.ingest.folders", "Other settings for the seeds of a folder below `seeds/`"),
    word("config.ingest.seeds", "Settings for single seeds, by their paths below `seeds/`"),
    word(
        "config.ingest.seeds.split",
        "Lines of the seed, counted from 1, at which its second and later documents begin",
    ),
    word("config.ingest.seeds.join", "Whether the seed is one document"),
    word("config.ingest.seeds.ignore", "Whether the seed is ignored"),
    word("config.ingest.defaults", "Values for documents in which ingest finds none"),
    word("config.ingest.defaults.kind", "Kind"),
    word("config.ingest.defaults.language", "Language, a BCP 47 tag"),
    word("config.ingest.defaults.place", "Place"),
    word("config.ingest.defaults.rights", "Rights statement, a URI"),
    word("config.ingest.defaults.topics", "Topics"),
    word("config.ingest.defaults.creator", "Name of the organization that every document is from"),
    word("config.ingest.defaults.recipient", "Name of the organization that every document is to"),
    word("config.search", "The search page"),
    word(
        "config.search.engine",
        "`static`: the index that a build writes; `http`: a server that you run",
    ),
    word(
        "config.search.endpoint",
        "Where that server answers: a path of the site that starts and ends with `/`",
    ),
    word("config.search.enabled", "Whether there is one"),
    word("config.serve", "The preview"),
    ruled(
        "config.serve.editor",
        "Where the review desk opens files: a URL with `{path}` and `{line}`, such as `vscode://file/{path}:{line}`",
        "pattern",
        "\"^[A-Za-z][A-Za-z0-9+.-]*://.*\\\\{path\\\\}\"",
    ),
    word("config.ocr", "The programs that `fonds ocr` starts"),
    word("config.ocr.command", "Reads a page image and writes hOCR: `tesseract`"),
    word("config.ocr.pdf_command", "Makes images of a PDF's pages: `pdftoppm`"),
    word("config.outputs", "The files beside each page"),
    word("config.outputs.text", "`text.txt`: the plain text of a document"),
    word("config.outputs.citations", "`citation.bib`, `citation.ris`, `citation.json`"),
    word(
        "config.outputs.source",
        "`source/`: the seed's lines beside the record, and the seed itself",
    ),
    word(
        "config.outputs.raw_mail",
        "E-mails as they were received, with addresses, routing and attachments, among the seeds",
    ),
    word(
        "config.outputs.attachments",
        "What came with e-mails: its documents are no drafts, its files are for download",
    ),
    word("config.check", "Findings that `fonds check` does not report again"),
    word(
        "config.check.accepted",
        "Personal data that may be published: addresses and numbers, each as `check` names it",
    ),
    word("config.images", "Smaller copies of page images"),
    word("config.images.copies", "Whether they are made"),
    word("config.images.megapixels", "Images with more pixels are not decoded"),
    word("config.outputs.iiif", "IIIF manifests of documents with page images, for other viewers"),
    word(
        "config.outputs.iiif_tiles",
        "Pieces of page images besides, for viewers that enlarge a part",
    ),
    word(
        "config.outputs.list_citations",
        "`citations.bib`, `.ris`, `.json` beside each list of 2 to 1,000 documents, and beside that of all",
    ),
    word("config.outputs.data", "`data/`: the whole archive as open data"),
    word("config.outputs.feeds", "`atom.xml`, of the site and of each organization"),
    word(
        "config.outputs.authorities",
        "`eac.xml`: EAC-CPF beside the page of each organization and person whose record says more than the name",
    ),
    word(
        "config.outputs.extra",
        "Keys of `[extra]` in front matter that readers may have: they are part of the data files and of search",
    ),
    word("config.outputs.organization_feeds", "Without it, only the site has a feed"),
    word("config.limits", "How much is read before something is refused by name"),
    word("config.limits.file_megabytes", "The size of a file, in MiB"),
    word("config.limits.folders", "Folders inside each other"),
    word("config.limits.mail_megabytes", "The size of a mail of a mailbox, in MiB"),
    word("config.limits.mail_files", "Files in one e-mail"),
    word("config.limits.mail_depth", "Mails in mails"),
    word("config.limits.mailbox_mails", "Mails of one mailbox"),
    word("config.limits.office_megabytes", "What an office file unpacks to, in MiB"),
    word("config.limits.office_elements", "Elements and texts of an office file"),
    word("config.limits.pdf_pages", "Pages of a PDF"),
    word("config.limits.pdf_text_megabytes", "The text of a PDF, in MiB"),
    word("config.limits.pdf_seconds", "How long a PDF may take to read"),
    word("config.limits.pdf_megabytes", "How much memory a PDF may take, in MiB"),
    word("config.limits.table_cells", "Cells of a table"),
    word("config.limits.list_records", "Records of a list"),
    word("config.limits.scan_pages", "Pages of a TIFF"),
    word("config.limits.faults", "Faults of one file that are shown; the rest are counted"),
    word("config.publish", "Where `fonds publish` brings the site"),
    word("config.publish.target", "`folder`, `git`, `rsync`, `sftp`, `s3` or `azure`"),
    word(
        "config.publish.address",
        "A path, a git repository, `user@host:/path`, a bucket or a container; never with a password",
    ),
    word("config.publish.branch", "The branch of a git repository; `gh-pages` without it"),
    word(
        "config.publish.endpoint",
        "The address of an object store; Amazon's in the bucket's region without it",
    ),
    word("config.publish.region", "The region of a bucket, if the store has regions"),
    word(
        "config.outputs.precompressed",
        "`.gz` and `.br` beside each text, for servers that send them as they are",
    ),
    word(
        "config.check.host",
        "The host that the site goes to, whose limits `check` knows: `github-pages`, `gitlab-pages`, `netlify`, \
         `cloudflare-pages`",
    ),
    word("config.kinds", "What documents can be besides the built-in kinds: `[kinds.decree]`"),
    word("config.kinds.name", "Its name, one document"),
    word("config.kinds.plural", "Its name, several documents"),
    word("config.kinds.zotero", "The Zotero item type, which decides how it is cited"),
    word("config.kinds.ris", "Type in a RIS file"),
    word("config.kinds.template", "The template of its documents' pages, if not `document.html`"),
    word(
        "config.taxonomies",
        "By what documents are browsed besides kinds, languages and topics: `[taxonomies.box]`",
    ),
    word("config.taxonomies.name", "What one term is: `Box`; the key if not given"),
    word("config.taxonomies.plural", "All of them: `Boxes`"),
    word("config.taxonomies.feed", "Whether each term has an Atom feed"),
    word("config.taxonomies.navigation", "Whether the main navigation leads to it"),
    word(
        "config.taxonomies.template",
        "The template of the page of all terms, if not `choices.html`",
    ),
    word(
        "config.taxonomies.term_template",
        "The template of the pages of its terms, if not `documents.html`",
    ),
    word(
        "config.languages",
        "Languages of the interface besides the default one: `[languages.ko]`",
    ),
    word("config.languages.name", "Its name in itself, for the switch between languages"),
    word("config.languages.title", "The title of the site in it"),
    word("config.languages.description", "One sentence on what the archive is, in it"),
    word("config.languages.archive", "Name of the holding archive in it"),
    word("config.languages.publisher", "Who publishes the site, in it"),
    word("config.languages.documents", "Whether each document has a page in it"),
    word("config.languages.kinds", "Names of your own kinds in it: `[languages.ko.kinds.decree]`"),
    word("config.languages.kinds.name", "The kind in the singular"),
    word("config.languages.kinds.plural", "The kind in the plural"),
    word(
        "config.languages.taxonomies",
        "Names of your own taxonomies in it: `[languages.ko.taxonomies.box]`",
    ),
    word("config.languages.taxonomies.name", "What one term is"),
    word("config.languages.taxonomies.plural", "All of them"),
    word("config.extra", "Your own keys, or keys of the theme"),
    word("theme.name", "Name"),
    word("theme.description", "What it looks like"),
    word("theme.license", "Licence, an SPDX expression"),
    word("theme.author", "Who made it"),
    word("theme.homepage", "Where it is found"),
    word("theme.extends", "Name of the theme that it extends, if not `default`"),
    word("theme.extra", "Anything else"),
];
