-- The text index over the search document of records. Its columns hold words that package search has folded and
-- separated by single spaces, so that SQLite and PostgreSQL find the same.
CREATE VIRTUAL TABLE records_fts USING fts5 (
  key_tokens, title_tokens, names_tokens, body_tokens,
  content = 'records', content_rowid = 'id', tokenize = 'ascii', prefix = '2 3'
);
CREATE TRIGGER records_fts_insert AFTER INSERT ON records BEGIN
  INSERT INTO records_fts (rowid, key_tokens, title_tokens, names_tokens, body_tokens)
  VALUES (new.id, new.key_tokens, new.title_tokens, new.names_tokens, new.body_tokens);
END;
CREATE TRIGGER records_fts_delete AFTER DELETE ON records BEGIN
  INSERT INTO records_fts (records_fts, rowid, key_tokens, title_tokens, names_tokens, body_tokens)
  VALUES ('delete', old.id, old.key_tokens, old.title_tokens, old.names_tokens, old.body_tokens);
END;
CREATE TRIGGER records_fts_update AFTER UPDATE ON records BEGIN
  INSERT INTO records_fts (records_fts, rowid, key_tokens, title_tokens, names_tokens, body_tokens)
  VALUES ('delete', old.id, old.key_tokens, old.title_tokens, old.names_tokens, old.body_tokens);
  INSERT INTO records_fts (rowid, key_tokens, title_tokens, names_tokens, body_tokens)
  VALUES (new.id, new.key_tokens, new.title_tokens, new.names_tokens, new.body_tokens);
END;
CREATE VIRTUAL TABLE records_vocabulary USING fts5vocab (records_fts, row);
