-- The text index over the search document of records. Its columns hold words that package search has folded and
-- separated by single spaces, so that SQLite and PostgreSQL find the same.
ALTER TABLE records ADD COLUMN search tsvector GENERATED ALWAYS AS (
  array_to_tsvector(array_remove(string_to_array(
    key_tokens || ' ' || title_tokens || ' ' || names_tokens || ' ' || body_tokens, ' '), ''))
) STORED;
CREATE INDEX records_search ON records USING gin (search);
-- The same of key, title and names alone: what is named so ranks first.
ALTER TABLE records ADD COLUMN search_head tsvector GENERATED ALWAYS AS (
  array_to_tsvector(array_remove(string_to_array(key_tokens || ' ' || title_tokens || ' ' || names_tokens, ' '), ''))
) STORED;
