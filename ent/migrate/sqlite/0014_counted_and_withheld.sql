-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Create "new_activities" table
CREATE TABLE `new_activities` (`id` integer NOT NULL, `key` text NOT NULL, `version` integer NOT NULL DEFAULT (1), `visibility` text NOT NULL DEFAULT ('RESTRICTED'), `smuggling` text NOT NULL DEFAULT ('NOT_TARGETED'), `trafficking` text NOT NULL DEFAULT ('NOT_TARGETED'), `topics` json NOT NULL, `verified_status` text NOT NULL DEFAULT ('UNVERIFIED'), `verified_by` text NULL, `verified_on` text NOT NULL DEFAULT (''), `verified_until` text NOT NULL DEFAULT (''), `provenance` text NULL, `confidence` text NOT NULL DEFAULT ('UNKNOWN'), `evidence` text NOT NULL DEFAULT ('UNKNOWN'), `checked_against_source` bool NULL, `note` text NULL, `sort_name` text NOT NULL DEFAULT (''), `withdrawn` bool NOT NULL DEFAULT (false), `withheld` json NOT NULL, `created_at` text NOT NULL, `updated_at` text NOT NULL, `created_by` text NOT NULL DEFAULT (''), `updated_by` text NOT NULL DEFAULT (''), `title` text NOT NULL, `acronym` text NULL, `summary` text NULL, `assistance_types` json NOT NULL, `target_audiences` json NOT NULL, `delivery_modes` json NOT NULL, `status` text NOT NULL DEFAULT ('UNKNOWN'), `regional` bool NOT NULL DEFAULT (false), `places` json NOT NULL, `start_on` text NOT NULL DEFAULT (''), `end_on` text NOT NULL DEFAULT (''), `planned_start_on` text NOT NULL DEFAULT (''), `planned_end_on` text NOT NULL DEFAULT (''), `actual_start_on` text NOT NULL DEFAULT (''), `actual_end_on` text NOT NULL DEFAULT (''), `purpose_codes` json NOT NULL, `results` text NULL, `countable` bool NOT NULL DEFAULT (true), `fields_inferred` bool NULL, `part_of_id` integer NULL, `follows_id` integer NULL, `reporter_id` integer NULL, PRIMARY KEY (`id`), CONSTRAINT `activities_activities_parts` FOREIGN KEY (`part_of_id`) REFERENCES `activities` (`id`) ON DELETE SET NULL, CONSTRAINT `activities_activities_followed_by` FOREIGN KEY (`follows_id`) REFERENCES `activities` (`id`) ON DELETE SET NULL, CONSTRAINT `activities_actors_reported` FOREIGN KEY (`reporter_id`) REFERENCES `actors` (`id`) ON DELETE SET NULL);
-- Copy rows from old table "activities" to new temporary table "new_activities"
INSERT INTO `new_activities` (`id`, `key`, `version`, `visibility`, `smuggling`, `trafficking`, `topics`, `verified_status`, `verified_by`, `verified_on`, `verified_until`, `provenance`, `confidence`, `evidence`, `checked_against_source`, `note`, `sort_name`, `withdrawn`, `withheld`, `created_at`, `updated_at`, `created_by`, `updated_by`, `title`, `acronym`, `summary`, `assistance_types`, `target_audiences`, `delivery_modes`, `status`, `regional`, `places`, `start_on`, `end_on`, `planned_start_on`, `planned_end_on`, `actual_start_on`, `actual_end_on`, `purpose_codes`, `results`, `fields_inferred`, `part_of_id`, `follows_id`, `reporter_id`) SELECT `id`, `key`, `version`, `visibility`, `smuggling`, `trafficking`, `topics`, `verified_status`, `verified_by`, `verified_on`, `verified_until`, `provenance`, `confidence`, `evidence`, `checked_against_source`, `note`, `sort_name`, `withdrawn`, `withheld`, `created_at`, `updated_at`, `created_by`, `updated_by`, `title`, `acronym`, `summary`, `assistance_types`, `target_audiences`, `delivery_modes`, `status`, `regional`, `places`, `start_on`, `end_on`, `planned_start_on`, `planned_end_on`, `actual_start_on`, `actual_end_on`, `purpose_codes`, `results`, `fields_inferred`, `part_of_id`, `follows_id`, `reporter_id` FROM `activities`;
-- Drop "activities" table after copying rows
DROP TABLE `activities`;
-- Rename temporary table "new_activities" to "activities"
ALTER TABLE `new_activities` RENAME TO `activities`;
-- Create index "activity_key" to table: "activities"
CREATE UNIQUE INDEX `activity_key` ON `activities` (`key`);
-- Create index "activity_sort_name" to table: "activities"
CREATE INDEX `activity_sort_name` ON `activities` (`sort_name`);
-- Create index "activity_start_on_id" to table: "activities"
CREATE INDEX `activity_start_on_id` ON `activities` (`start_on`, `id`);
-- Create index "activity_end_on" to table: "activities"
CREATE INDEX `activity_end_on` ON `activities` (`end_on`);
-- Create index "activity_part_of_id" to table: "activities"
CREATE INDEX `activity_part_of_id` ON `activities` (`part_of_id`);
-- Create index "activity_follows_id" to table: "activities"
CREATE INDEX `activity_follows_id` ON `activities` (`follows_id`);
-- Create index "activity_reporter_id" to table: "activities"
CREATE INDEX `activity_reporter_id` ON `activities` (`reporter_id`);
-- Create "new_fundings" table
CREATE TABLE `new_fundings` (`id` integer NOT NULL, `visibility` text NOT NULL DEFAULT ('RESTRICTED'), `position` integer NOT NULL DEFAULT (0), `kind` text NULL, `amount` integer NULL, `currency` text NULL, `value_on` text NOT NULL DEFAULT (''), `reported_by` text NOT NULL DEFAULT ('UNKNOWN'), `provider_inferred` bool NOT NULL DEFAULT (false), `amount_checked` bool NULL, `amount_withheld` bool NOT NULL DEFAULT (false), `countable` bool NOT NULL DEFAULT (true), `note` text NULL, `withheld` json NOT NULL, `provider_id` integer NULL, `receiver_id` integer NULL, `reporter_id` integer NULL, `upstream_id` integer NULL, PRIMARY KEY (`id`), CONSTRAINT `fundings_actors_provided` FOREIGN KEY (`provider_id`) REFERENCES `actors` (`id`) ON DELETE SET NULL, CONSTRAINT `fundings_actors_received` FOREIGN KEY (`receiver_id`) REFERENCES `actors` (`id`) ON DELETE SET NULL, CONSTRAINT `fundings_actors_fundings_reported` FOREIGN KEY (`reporter_id`) REFERENCES `actors` (`id`) ON DELETE SET NULL, CONSTRAINT `fundings_fundings_downstream` FOREIGN KEY (`upstream_id`) REFERENCES `fundings` (`id`) ON DELETE SET NULL);
-- Copy rows from old table "fundings" to new temporary table "new_fundings"
INSERT INTO `new_fundings` (`id`, `visibility`, `position`, `kind`, `amount`, `currency`, `value_on`, `reported_by`, `provider_inferred`, `amount_checked`, `note`, `withheld`, `provider_id`, `receiver_id`, `reporter_id`, `upstream_id`) SELECT `id`, `visibility`, `position`, `kind`, `amount`, `currency`, `value_on`, `reported_by`, `provider_inferred`, `amount_checked`, `note`, `withheld`, `provider_id`, `receiver_id`, `reporter_id`, `upstream_id` FROM `fundings`;
-- Drop "fundings" table after copying rows
DROP TABLE `fundings`;
-- Rename temporary table "new_fundings" to "fundings"
ALTER TABLE `new_fundings` RENAME TO `fundings`;
-- Create index "funding_provider_id" to table: "fundings"
CREATE INDEX `funding_provider_id` ON `fundings` (`provider_id`);
-- Create index "funding_receiver_id" to table: "fundings"
CREATE INDEX `funding_receiver_id` ON `fundings` (`receiver_id`);
-- Create index "funding_upstream_id" to table: "fundings"
CREATE INDEX `funding_upstream_id` ON `fundings` (`upstream_id`);
-- Create index "funding_value_on_id" to table: "fundings"
CREATE INDEX `funding_value_on_id` ON `fundings` (`value_on`, `id`);
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
