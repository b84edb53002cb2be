-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Create "new_needs" table
CREATE TABLE `new_needs` (`id` integer NOT NULL, `key` text NOT NULL, `version` integer NOT NULL DEFAULT (1), `visibility` text NOT NULL DEFAULT ('RESTRICTED'), `smuggling` text NOT NULL DEFAULT ('NOT_TARGETED'), `trafficking` text NOT NULL DEFAULT ('NOT_TARGETED'), `topics` json NOT NULL, `verified_status` text NOT NULL DEFAULT ('UNVERIFIED'), `verified_by` text NULL, `verified_on` text NOT NULL DEFAULT (''), `verified_until` text NOT NULL DEFAULT (''), `provenance` text NULL, `confidence` text NOT NULL DEFAULT ('UNKNOWN'), `evidence` text NOT NULL DEFAULT ('UNKNOWN'), `checked_against_source` bool NULL, `note` text NULL, `sort_name` text NOT NULL DEFAULT (''), `withdrawn` bool NOT NULL DEFAULT (false), `withheld` json NOT NULL, `created_at` text NOT NULL, `updated_at` text NOT NULL, `created_by` text NOT NULL DEFAULT (''), `updated_by` text NOT NULL DEFAULT (''), `title` text NOT NULL, `assistance_type` text NOT NULL, `gap_kind` text NULL, `gap` text NULL, `priority` text NOT NULL DEFAULT ('NOT_STATED'), `status` text NOT NULL DEFAULT ('OPEN'), `authority_id` integer NULL, `met_by_id` integer NULL, `state_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `needs_actors_needs` FOREIGN KEY (`authority_id`) REFERENCES `actors` (`id`) ON DELETE SET NULL, CONSTRAINT `needs_activities_met_by` FOREIGN KEY (`met_by_id`) REFERENCES `activities` (`id`) ON DELETE SET NULL, CONSTRAINT `needs_states_needs` FOREIGN KEY (`state_id`) REFERENCES `states` (`id`) ON DELETE NO ACTION);
-- Copy rows from old table "needs" to new temporary table "new_needs"
INSERT INTO `new_needs` (`id`, `key`, `version`, `visibility`, `smuggling`, `trafficking`, `topics`, `verified_status`, `verified_by`, `verified_on`, `verified_until`, `provenance`, `confidence`, `evidence`, `checked_against_source`, `note`, `sort_name`, `withdrawn`, `withheld`, `created_at`, `updated_at`, `created_by`, `updated_by`, `title`, `assistance_type`, `gap`, `priority`, `status`, `authority_id`, `state_id`) SELECT `id`, `key`, `version`, `visibility`, `smuggling`, `trafficking`, `topics`, `verified_status`, `verified_by`, `verified_on`, `verified_until`, `provenance`, `confidence`, `evidence`, `checked_against_source`, `note`, `sort_name`, `withdrawn`, `withheld`, `created_at`, `updated_at`, `created_by`, `updated_by`, `title`, `assistance_type`, `gap`, `priority`, `status`, `authority_id`, `state_id` FROM `needs`;
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
-- Create index "need_met_by_id" to table: "needs"
CREATE INDEX `need_met_by_id` ON `needs` (`met_by_id`);
-- Create "concept_dismissals" table
CREATE TABLE `concept_dismissals` (`id` integer NOT NULL, `code` text NOT NULL, `text_hash` text NOT NULL, `reason` text NOT NULL, `by` text NOT NULL, `person` integer NOT NULL, `at` text NOT NULL, `undone_reason` text NULL, `undone_by` text NULL, `undone_at` text NOT NULL DEFAULT (''), `record_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `concept_dismissals_records_concept_dismissals` FOREIGN KEY (`record_id`) REFERENCES `records` (`id`) ON DELETE NO ACTION);
-- Create index "conceptdismissal_record_id_code" to table: "concept_dismissals"
CREATE INDEX `conceptdismissal_record_id_code` ON `concept_dismissals` (`record_id`, `code`);
-- Create "need_offers" table
CREATE TABLE `need_offers` (`id` integer NOT NULL, `version` integer NOT NULL DEFAULT (1), `visibility` text NOT NULL DEFAULT ('RESTRICTED'), `statement` text NOT NULL, `by` text NOT NULL, `person` integer NOT NULL, `at` text NOT NULL, `status` text NOT NULL DEFAULT ('MADE'), `reason` text NULL, `decided_by` text NULL, `decided_at` text NOT NULL DEFAULT (''), `own_interest` bool NOT NULL DEFAULT (false), `steps` json NOT NULL, `need_id` integer NOT NULL, `organisation_id` integer NOT NULL, `activity_id` integer NULL, PRIMARY KEY (`id`), CONSTRAINT `need_offers_needs_offers` FOREIGN KEY (`need_id`) REFERENCES `needs` (`id`) ON DELETE NO ACTION, CONSTRAINT `need_offers_actors_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `actors` (`id`) ON DELETE NO ACTION, CONSTRAINT `need_offers_activities_activity` FOREIGN KEY (`activity_id`) REFERENCES `activities` (`id`) ON DELETE SET NULL);
-- Create index "needoffer_need_id_status" to table: "need_offers"
CREATE INDEX `needoffer_need_id_status` ON `need_offers` (`need_id`, `status`);
-- Create index "needoffer_organisation_id" to table: "need_offers"
CREATE INDEX `needoffer_organisation_id` ON `need_offers` (`organisation_id`);
-- Create index "needoffer_activity_id" to table: "need_offers"
CREATE INDEX `needoffer_activity_id` ON `need_offers` (`activity_id`);
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
