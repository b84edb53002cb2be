-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Create index "actor_updated_at" to table: "actors"
CREATE INDEX `actor_updated_at` ON `actors` (`updated_at`);
-- Create "new_sources" table
CREATE TABLE `new_sources` (`id` integer NOT NULL, `position` integer NOT NULL DEFAULT (0), `kind` text NOT NULL DEFAULT ('DESK_RESEARCH'), `title` text NOT NULL, `publisher` text NULL, `url` text NULL, `accessed_on` text NOT NULL DEFAULT (''), `licence` text NULL, `copy_read` text NULL, `note` text NULL, `taken_back` bool NOT NULL DEFAULT (false), `record_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `sources_records_sources` FOREIGN KEY (`record_id`) REFERENCES `records` (`id`) ON DELETE NO ACTION);
-- Copy rows from old table "sources" to new temporary table "new_sources"
INSERT INTO `new_sources` (`id`, `position`, `kind`, `title`, `publisher`, `url`, `accessed_on`, `licence`, `copy_read`, `note`, `record_id`) SELECT `id`, `position`, `kind`, `title`, `publisher`, `url`, `accessed_on`, `licence`, `copy_read`, `note`, `record_id` FROM `sources`;
-- Drop "sources" table after copying rows
DROP TABLE `sources`;
-- Rename temporary table "new_sources" to "sources"
ALTER TABLE `new_sources` RENAME TO `sources`;
-- Create index "source_record_id_position" to table: "sources"
CREATE INDEX `source_record_id_position` ON `sources` (`record_id`, `position`);
-- Create "new_imports" table
CREATE TABLE `new_imports` (`id` integer NOT NULL, `file` text NOT NULL, `kind` text NOT NULL DEFAULT ('IATI'), `digest` text NOT NULL, `bytes` integer NOT NULL, `format` text NOT NULL, `publisher` text NOT NULL, `licence` text NULL, `rules` text NOT NULL, `asked` json NOT NULL, `mapping` text NOT NULL DEFAULT (''), `status` text NOT NULL DEFAULT ('APPLIED'), `failure` text NOT NULL DEFAULT (''), `foreseen` json NOT NULL, `worker` text NOT NULL DEFAULT (''), `held_until` text NOT NULL DEFAULT (''), `at` text NOT NULL, `applied_at` text NOT NULL DEFAULT (''), `by` text NOT NULL, `person` integer NOT NULL DEFAULT (0), `counts` json NOT NULL, `problems` json NOT NULL, `not_held` json NOT NULL, `undone_at` text NOT NULL DEFAULT (''), `undone_by` text NOT NULL DEFAULT (''), `undone_person` integer NOT NULL DEFAULT (0), `stayed` json NOT NULL, PRIMARY KEY (`id`));
-- Copy rows from old table "imports" to new temporary table "new_imports"
INSERT INTO `new_imports` (`id`, `file`, `kind`, `digest`, `bytes`, `format`, `publisher`, `licence`, `rules`, `asked`, `mapping`, `status`, `failure`, `foreseen`, `worker`, `held_until`, `at`, `applied_at`, `by`, `person`, `counts`, `problems`, `not_held`, `undone_at`, `undone_by`, `stayed`) SELECT `id`, `file`, `kind`, `digest`, `bytes`, `format`, `publisher`, `licence`, `rules`, `asked`, `mapping`, `status`, `failure`, `foreseen`, `worker`, `held_until`, `at`, `applied_at`, `by`, `person`, `counts`, `problems`, `not_held`, `undone_at`, `undone_by`, `stayed` FROM `imports`;
-- Drop "imports" table after copying rows
DROP TABLE `imports`;
-- Rename temporary table "new_imports" to "imports"
ALTER TABLE `new_imports` RENAME TO `imports`;
-- Create index "intake_at" to table: "imports"
CREATE INDEX `intake_at` ON `imports` (`at`);
-- Create index "intake_status_held_until" to table: "imports"
CREATE INDEX `intake_status_held_until` ON `imports` (`status`, `held_until`);
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
