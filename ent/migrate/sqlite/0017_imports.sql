-- Add column "licence" to table: "sources"
ALTER TABLE `sources` ADD COLUMN `licence` text NULL;
-- Create "imports" table
CREATE TABLE `imports` (`id` integer NOT NULL, `file` text NOT NULL, `digest` text NOT NULL, `bytes` integer NOT NULL, `format` text NOT NULL, `publisher` text NOT NULL, `licence` text NULL, `rules` text NOT NULL, `status` text NOT NULL DEFAULT ('APPLIED'), `at` text NOT NULL, `by` text NOT NULL, `person` integer NOT NULL DEFAULT (0), `counts` json NOT NULL, `problems` json NOT NULL, `not_held` json NOT NULL, `undone_at` text NOT NULL DEFAULT (''), `undone_by` text NOT NULL DEFAULT (''), `stayed` json NOT NULL, PRIMARY KEY (`id`));
-- Create index "intake_at" to table: "imports"
CREATE INDEX `intake_at` ON `imports` (`at`);
-- Create "import_entries" table
CREATE TABLE `import_entries` (`id` integer NOT NULL, `identifier` text NOT NULL, `publisher` text NOT NULL, `rank` integer NOT NULL, `outcome` text NOT NULL, `digest` text NOT NULL, `version` integer NOT NULL, `current` bool NOT NULL, `previous` integer NOT NULL DEFAULT (0), `draft` text NOT NULL, `changes` json NOT NULL, `intake_id` integer NOT NULL, `record_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `import_entries_imports_entries` FOREIGN KEY (`intake_id`) REFERENCES `imports` (`id`) ON DELETE NO ACTION, CONSTRAINT `import_entries_records_intake_entries` FOREIGN KEY (`record_id`) REFERENCES `records` (`id`) ON DELETE NO ACTION);
-- Create index "intakeentry_identifier_current" to table: "import_entries"
CREATE INDEX `intakeentry_identifier_current` ON `import_entries` (`identifier`, `current`);
-- Create index "intakeentry_intake_id_id" to table: "import_entries"
CREATE INDEX `intakeentry_intake_id_id` ON `import_entries` (`intake_id`, `id`);
-- Create index "intakeentry_record_id" to table: "import_entries"
CREATE INDEX `intakeentry_record_id` ON `import_entries` (`record_id`);
