-- History and the log are append-only (rule 4): whatever program writes to the database, a row that is there stays as it is.
CREATE FUNCTION adam_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
CREATE TRIGGER log_entries_keep BEFORE UPDATE OR DELETE ON log_entries FOR EACH ROW EXECUTE FUNCTION adam_append_only();
CREATE TRIGGER log_entries_stay BEFORE TRUNCATE ON log_entries FOR EACH STATEMENT EXECUTE FUNCTION adam_append_only();
CREATE TRIGGER log_details_keep BEFORE UPDATE ON log_details FOR EACH ROW EXECUTE FUNCTION adam_append_only();
CREATE TRIGGER history_entries_keep BEFORE UPDATE OR DELETE ON history_entries FOR EACH ROW EXECUTE FUNCTION adam_append_only();
CREATE TRIGGER history_entries_stay BEFORE TRUNCATE ON history_entries FOR EACH STATEMENT EXECUTE FUNCTION adam_append_only();
