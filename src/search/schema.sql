-- Tables of `fonds search export --to postgres`; HTTP.md describes them. Load them in the folder of the files with
--   psql DATABASE -f schema.sql
-- Everything is replaced in one transaction: readers see the old records or the new ones.
BEGIN;
DROP SCHEMA IF EXISTS fonds CASCADE;
CREATE SCHEMA fonds;
CREATE TABLE fonds.documents (
  number integer PRIMARY KEY,    -- newest first, undated ones last
  first_day double precision,    -- first and last possible day, from 1970-01-01; NULL if undated, infinity if open
  last_day double precision,
  is_sure boolean,               -- whether the date is neither approximate nor uncertain; NULL if undated
  choices text[] NOT NULL,       -- `facet:key`
  row jsonb NOT NULL,            -- [url, title, date, date in words, kind, its label, language, [creators], [recipients], [references]]
  words tsvector NOT NULL        -- our tokens; those of the title have weight A
);
CREATE TABLE fonds.forms (
  form text COLLATE "C" PRIMARY KEY,
  documents integer NOT NULL,
  mates text[] NOT NULL          -- words that share its stem
);
CREATE TABLE fonds.facets (
  facet text NOT NULL,
  key text NOT NULL,
  label text NOT NULL,
  names text[] NOT NULL,         -- the folded words of each name, with a space before and after each
  PRIMARY KEY (facet, key)
);
\copy fonds.forms FROM 'forms.tsv'
\copy fonds.facets FROM 'facets.tsv'
\copy fonds.documents FROM PROGRAM 'cat documents-*.tsv'
CREATE INDEX ON fonds.documents USING gin (words);
CREATE INDEX ON fonds.documents USING gin (choices);
ANALYZE fonds.documents;
COMMIT;
