-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Create "new_imports" table
CREATE TABLE `new_imports` (`id` integer NOT NULL, `file` text NOT NULL, `kind` text NOT NULL DEFAULT ('IATI'), `digest` text NOT NULL, `bytes` integer NOT NULL, `format` text NOT NULL, `publisher` text NOT NULL, `licence` text NULL, `rules` text NOT NULL, `asked` json NOT NULL, `mapping` text NOT NULL DEFAULT (''), `status` text NOT NULL DEFAULT ('APPLIED'), `failure` text NOT NULL DEFAULT (''), `foreseen` json NOT NULL, `worker` text NOT NULL DEFAULT (''), `held_until` text NOT NULL DEFAULT (''), `at` text NOT NULL, `applied_at` text NOT NULL DEFAULT (''), `by` text NOT NULL, `person` integer NOT NULL DEFAULT (0), `counts` json NOT NULL, `problems` json NOT NULL, `not_held` json NOT NULL, `undone_at` text NOT NULL DEFAULT (''), `undone_by` text NOT NULL DEFAULT (''), `stayed` json NOT NULL, PRIMARY KEY (`id`));
-- Copy rows from old table "imports": what was imported before came and was applied at once to new temporary table "new_imports"
INSERT INTO `new_imports` (`id`, `file`, `digest`, `bytes`, `format`, `publisher`, `licence`, `rules`, `asked`, `foreseen`, `applied_at`, `status`, `at`, `by`, `person`, `counts`, `problems`, `not_held`, `undone_at`, `undone_by`, `stayed`) SELECT `id`, `file`, `digest`, `bytes`, `format`, `publisher`, `licence`, `rules`, '{}', '[]', `at`, `status`, `at`, `by`, `person`, `counts`, `problems`, `not_held`, `undone_at`, `undone_by`, `stayed` FROM `imports`;
-- Drop "imports" table after copying rows
DROP TABLE `imports`;
-- Rename temporary table "new_imports" to "imports"
ALTER TABLE `new_imports` RENAME TO `imports`;
-- Create index "intake_at" to table: "imports"
CREATE INDEX `intake_at` ON `imports` (`at`);
-- Create index "intake_status_held_until" to table: "imports"
CREATE INDEX `intake_status_held_until` ON `imports` (`status`, `held_until`);
-- Create "import_mappings" table
CREATE TABLE `import_mappings` (`id` integer NOT NULL, `fingerprint` text NOT NULL, `mapping` text NOT NULL, `at` text NOT NULL, `by` text NOT NULL, PRIMARY KEY (`id`));
-- Create index "import_mappings_fingerprint_key" to table: "import_mappings"
CREATE UNIQUE INDEX `import_mappings_fingerprint_key` ON `import_mappings` (`fingerprint`);
-- Create "import_parts" table
CREATE TABLE `import_parts` (`id` integer NOT NULL, `number` integer NOT NULL, `data` blob NOT NULL, `intake_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `import_parts_imports_parts` FOREIGN KEY (`intake_id`) REFERENCES `imports` (`id`) ON DELETE NO ACTION);
-- Create index "intakepart_intake_id_number" to table: "import_parts"
CREATE UNIQUE INDEX `intakepart_intake_id_number` ON `import_parts` (`intake_id`, `number`);
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
