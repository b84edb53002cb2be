-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Create "new_needs" table
CREATE TABLE `new_needs` (`id` integer NOT NULL, `key` text NOT NULL, `version` integer NOT NULL DEFAULT (1), `visibility` text NOT NULL DEFAULT ('RESTRICTED'), `smuggling` text NOT NULL DEFAULT ('NOT_TARGETED'), `trafficking` text NOT NULL DEFAULT ('NOT_TARGETED'), `topics` json NOT NULL, `verified_status` text NOT NULL DEFAULT ('UNVERIFIED'), `verified_by` text NULL, `verified_on` text NOT NULL DEFAULT (''), `verified_until` text NOT NULL DEFAULT (''), `provenance` text NULL, `confidence` text NOT NULL DEFAULT ('UNKNOWN'), `evidence` text NOT NULL DEFAULT ('UNKNOWN'), `checked_against_source` bool NULL, `note` text NULL, `sort_name` text NOT NULL DEFAULT (''), `withdrawn` bool NOT NULL DEFAULT (false), `withheld` json NOT NULL, `created_at` text NOT NULL, `updated_at` text NOT NULL, `created_by` text NOT NULL DEFAULT (''), `updated_by` text NOT NULL DEFAULT (''), `title` text NOT NULL, `assistance_type` text NOT NULL, `gap` text NULL, `priority` text NOT NULL DEFAULT ('NOT_STATED'), `status` text NOT NULL DEFAULT ('OPEN'), `authority_id` integer NULL, `state_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `needs_actors_needs` FOREIGN KEY (`authority_id`) REFERENCES `actors` (`id`) ON DELETE SET NULL, CONSTRAINT `needs_states_needs` FOREIGN KEY (`state_id`) REFERENCES `states` (`id`) ON DELETE NO ACTION);
-- Copy rows from old table "needs" to new temporary table "new_needs"
INSERT INTO `new_needs` (`id`, `key`, `visibility`, `smuggling`, `trafficking`, `topics`, `sort_name`, `withheld`, `created_at`, `updated_at`, `title`, `assistance_type`, `gap`, `priority`, `status`, `authority_id`, `state_id`) SELECT `id`, 'need-' || `id`, `visibility`, CASE `theme` WHEN 'SMUGGLING' THEN 'PRINCIPAL' ELSE 'NOT_TARGETED' END, CASE `theme` WHEN 'TRAFFICKING' THEN 'PRINCIPAL' ELSE 'NOT_TARGETED' END, '[]', lower(`title`), `withheld`, `created_at`, `created_at`, `title`, `assistance_type`, `gap`, `priority`, `status`, `authority_id`, `state_id` FROM `needs`;
-- Drop "needs" table after copying rows
DROP TABLE `needs`;
-- Rename temporary table "new_needs" to "needs"
ALTER TABLE `new_needs` RENAME TO `needs`;
-- Create index "need_key" to table: "needs"
CREATE UNIQUE INDEX `need_key` ON `needs` (`key`);
-- Create index "need_sort_name" to table: "needs"
CREATE INDEX `need_sort_name` ON `needs` (`sort_name`);
-- Create index "need_state_id" to table: "needs"
CREATE INDEX `need_state_id` ON `needs` (`state_id`);
-- Create index "need_authority_id" to table: "needs"
CREATE INDEX `need_authority_id` ON `needs` (`authority_id`);
-- A need is a record now: it has an anchor, which search reads
INSERT INTO `records` (`id`, `kind`, `key`, `title`, `key_tokens`, `title_tokens`) SELECT `id`, 'NEED', `key`, `title`, replace(`key`, '-', ' '), lower(`title`) FROM `needs`;
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
