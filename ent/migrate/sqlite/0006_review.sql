-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Create "new_review_cycles" table
CREATE TABLE `new_review_cycles` (`id` integer NOT NULL, `opened_on` text NOT NULL, `nomination_due_on` text NOT NULL DEFAULT (''), `review_due_on` text NOT NULL, `completed_on` text NOT NULL DEFAULT (''), `published_on` text NOT NULL DEFAULT (''), `next_review_due_on` text NOT NULL DEFAULT (''), `purpose` text NOT NULL DEFAULT ('CHAPTER'), `year` integer NOT NULL, `status` text NOT NULL DEFAULT ('AWAITING_NOMINATION'), `resumes` text NOT NULL DEFAULT (''), `addressee` text NULL, `reference` text NULL, `remark` text NULL, `base_edition` integer NOT NULL DEFAULT (0), `base_at` text NOT NULL DEFAULT (''), `statement` text NULL, `signatory` text NULL, `position` text NULL, `verifier` text NULL, `completed_by` integer NOT NULL DEFAULT (0), `edition` integer NOT NULL DEFAULT (0), `actor_id` integer NULL, `chapter_id` integer NULL, PRIMARY KEY (`id`), CONSTRAINT `review_cycles_actors_cycles` FOREIGN KEY (`actor_id`) REFERENCES `actors` (`id`) ON DELETE SET NULL, CONSTRAINT `review_cycles_chapters_cycles` FOREIGN KEY (`chapter_id`) REFERENCES `chapters` (`id`) ON DELETE SET NULL);
-- Copy rows from old table "review_cycles" to new temporary table "new_review_cycles"
INSERT INTO `new_review_cycles` (`id`, `opened_on`, `nomination_due_on`, `review_due_on`, `completed_on`, `published_on`, `next_review_due_on`, `year`, `status`, `addressee`, `reference`, `chapter_id`) SELECT `id`, `opened_on`, IFNULL(`nomination_due_on`, ('')) AS `nomination_due_on`, `review_due_on`, `completed_on`, `published_on`, `next_review_due_on`, `year`, `status`, `addressee`, `reference`, `chapter_id` FROM `review_cycles`;
-- Drop "review_cycles" table after copying rows
DROP TABLE `review_cycles`;
-- Rename temporary table "new_review_cycles" to "review_cycles"
ALTER TABLE `new_review_cycles` RENAME TO `review_cycles`;
-- Create index "reviewcycle_chapter_id_opened_on" to table: "review_cycles"
CREATE UNIQUE INDEX `reviewcycle_chapter_id_opened_on` ON `review_cycles` (`chapter_id`, `opened_on`);
-- Create index "reviewcycle_actor_id_purpose_opened_on" to table: "review_cycles"
CREATE UNIQUE INDEX `reviewcycle_actor_id_purpose_opened_on` ON `review_cycles` (`actor_id`, `purpose`, `opened_on`);
-- Create "completeness_notes" table
CREATE TABLE `completeness_notes` (`id` integer NOT NULL, `theme` text NOT NULL, `note` text NOT NULL, `by` text NOT NULL, `at` text NOT NULL, `chapter_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `completeness_notes_chapters_completeness` FOREIGN KEY (`chapter_id`) REFERENCES `chapters` (`id`) ON DELETE NO ACTION);
-- Create index "completeness_chapter_id_theme" to table: "completeness_notes"
CREATE UNIQUE INDEX `completeness_chapter_id_theme` ON `completeness_notes` (`chapter_id`, `theme`);
-- Create "feeds" table
CREATE TABLE `feeds` (`id` integer NOT NULL, `person` integer NOT NULL, `secret_hash` text NOT NULL, `created_at` text NOT NULL, `revoked_at` text NOT NULL DEFAULT (''), PRIMARY KEY (`id`));
-- Create index "feed_secret_hash" to table: "feeds"
CREATE UNIQUE INDEX `feed_secret_hash` ON `feeds` (`secret_hash`);
-- Create index "feed_person" to table: "feeds"
CREATE INDEX `feed_person` ON `feeds` (`person`);
-- Create "inclusion_rules" table
CREATE TABLE `inclusion_rules` (`id` integer NOT NULL, `theme` text NOT NULL, `begins` text NOT NULL DEFAULT (''), `note` text NOT NULL, PRIMARY KEY (`id`));
-- Create index "inclusionrule_theme" to table: "inclusion_rules"
CREATE UNIQUE INDEX `inclusionrule_theme` ON `inclusion_rules` (`theme`);
-- Create "mails" table
CREATE TABLE `mails` (`id` integer NOT NULL, `key` text NOT NULL, `person` integer NOT NULL, `grant_id` integer NOT NULL DEFAULT (0), `cycle_id` integer NOT NULL DEFAULT (0), `subject` text NOT NULL, `body` text NOT NULL, `created_at` text NOT NULL, `status` text NOT NULL DEFAULT ('WAITING'), `attempts` integer NOT NULL DEFAULT (0), `next_at` text NOT NULL, `sent_at` text NOT NULL DEFAULT (''), `trouble` text NULL, PRIMARY KEY (`id`));
-- Create index "mail_key" to table: "mails"
CREATE UNIQUE INDEX `mail_key` ON `mails` (`key`);
-- Create index "mail_status_next_at" to table: "mails"
CREATE INDEX `mail_status_next_at` ON `mails` (`status`, `next_at`);
-- Create index "mail_person" to table: "mails"
CREATE INDEX `mail_person` ON `mails` (`person`);
-- Create "record_verifications" table
CREATE TABLE `record_verifications` (`id` integer NOT NULL, `cycle_id` integer NOT NULL, `record_version` integer NOT NULL, `status` text NOT NULL, `by` text NOT NULL, `verified_on` text NOT NULL, `verified_until` text NOT NULL, `record_id` integer NOT NULL, `chapter_id` integer NULL, `actor_id` integer NULL, PRIMARY KEY (`id`), CONSTRAINT `record_verifications_records_verifications` FOREIGN KEY (`record_id`) REFERENCES `records` (`id`) ON DELETE NO ACTION, CONSTRAINT `record_verifications_chapters_chapter` FOREIGN KEY (`chapter_id`) REFERENCES `chapters` (`id`) ON DELETE SET NULL, CONSTRAINT `record_verifications_actors_actor` FOREIGN KEY (`actor_id`) REFERENCES `actors` (`id`) ON DELETE SET NULL);
-- Create index "recordverification_record_id_verified_on" to table: "record_verifications"
CREATE INDEX `recordverification_record_id_verified_on` ON `record_verifications` (`record_id`, `verified_on`);
-- Create index "recordverification_cycle_id_record_id" to table: "record_verifications"
CREATE UNIQUE INDEX `recordverification_cycle_id_record_id` ON `record_verifications` (`cycle_id`, `record_id`);
-- Create "review_items" table
CREATE TABLE `review_items` (`id` integer NOT NULL, `kind` text NOT NULL, `position` integer NOT NULL, `own` bool NOT NULL, `ended` bool NOT NULL DEFAULT (false), `version` integer NOT NULL DEFAULT (1), `record_version` integer NOT NULL, `status` text NOT NULL DEFAULT ('PENDING'), `later` bool NOT NULL DEFAULT (false), `hold` bool NOT NULL DEFAULT (false), `bulk` bool NOT NULL DEFAULT (false), `reason` text NULL, `active_here` bool NULL, `authority` text NULL, `by` text NULL, `person` integer NOT NULL DEFAULT (0), `at` text NOT NULL DEFAULT (''), `letter` text NULL, `proposal` text NOT NULL DEFAULT ('NONE'), `input` json NULL, `difference` json NOT NULL, `record_id` integer NULL, `cycle_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `review_items_records_items` FOREIGN KEY (`record_id`) REFERENCES `records` (`id`) ON DELETE SET NULL, CONSTRAINT `review_items_review_cycles_items` FOREIGN KEY (`cycle_id`) REFERENCES `review_cycles` (`id`) ON DELETE NO ACTION);
-- Create index "reviewitem_cycle_id_record_id" to table: "review_items"
CREATE UNIQUE INDEX `reviewitem_cycle_id_record_id` ON `review_items` (`cycle_id`, `record_id`);
-- Create index "reviewitem_cycle_id_position" to table: "review_items"
CREATE INDEX `reviewitem_cycle_id_position` ON `review_items` (`cycle_id`, `position`);
-- Create index "reviewitem_record_id" to table: "review_items"
CREATE INDEX `reviewitem_record_id` ON `review_items` (`record_id`);
-- Create "review_steps" table
CREATE TABLE `review_steps` (`id` integer NOT NULL, `event` text NOT NULL, `at` text NOT NULL, `by` text NOT NULL, `person` integer NOT NULL DEFAULT (0), `reason` text NULL, `was` text NOT NULL DEFAULT (''), `until` text NOT NULL DEFAULT (''), `cycle_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `review_steps_review_cycles_steps` FOREIGN KEY (`cycle_id`) REFERENCES `review_cycles` (`id`) ON DELETE NO ACTION);
-- Create index "reviewstep_cycle_id_at" to table: "review_steps"
CREATE INDEX `reviewstep_cycle_id_at` ON `review_steps` (`cycle_id`, `at`);
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
