-- History and the log are append-only (rule 4): whatever program writes to the file, a row that is there stays as it is.
CREATE TRIGGER log_entries_keep BEFORE UPDATE ON log_entries BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_entries_stay BEFORE DELETE ON log_entries BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_details_keep BEFORE UPDATE ON log_details BEGIN SELECT RAISE(ABORT, 'the details of the log are erased, never changed'); END;
CREATE TRIGGER history_entries_keep BEFORE UPDATE ON history_entries BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER history_entries_stay BEFORE DELETE ON history_entries BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
-- REPLACE removes a row without a trigger of deletion: what has a number that is there is refused before.
CREATE TRIGGER log_entries_once BEFORE INSERT ON log_entries WHEN EXISTS (SELECT 1 FROM log_entries WHERE id = NEW.id OR seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_details_once BEFORE INSERT ON log_details WHEN EXISTS (SELECT 1 FROM log_details WHERE id = NEW.id OR entry_id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'the details of the log are erased, never changed'); END;
CREATE TRIGGER history_entries_once BEFORE INSERT ON history_entries WHEN EXISTS (SELECT 1 FROM history_entries WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
