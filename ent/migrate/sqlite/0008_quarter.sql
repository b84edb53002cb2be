-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Create "new_review_cycles" table
CREATE TABLE `new_review_cycles` (`id` integer NOT NULL, `opened_on` text NOT NULL, `nomination_due_on` text NOT NULL DEFAULT (''), `review_due_on` text NOT NULL, `completed_on` text NOT NULL DEFAULT (''), `published_on` text NOT NULL DEFAULT (''), `next_review_due_on` text NOT NULL DEFAULT (''), `purpose` text NOT NULL DEFAULT ('CHAPTER'), `year` integer NOT NULL, `status` text NOT NULL DEFAULT ('AWAITING_NOMINATION'), `resumes` text NOT NULL DEFAULT (''), `addressee` text NULL, `reference` text NULL, `remark` text NULL, `base_edition` integer NOT NULL DEFAULT (0), `base_at` text NOT NULL DEFAULT (''), `statement` text NULL, `signatory` text NULL, `position` text NULL, `verifier` text NULL, `nothing_planned` bool NOT NULL DEFAULT (false), `completed_by` integer NOT NULL DEFAULT (0), `edition` integer NOT NULL DEFAULT (0), `actor_id` integer NULL, `chapter_id` integer NULL, PRIMARY KEY (`id`), CONSTRAINT `review_cycles_actors_cycles` FOREIGN KEY (`actor_id`) REFERENCES `actors` (`id`) ON DELETE SET NULL, CONSTRAINT `review_cycles_chapters_cycles` FOREIGN KEY (`chapter_id`) REFERENCES `chapters` (`id`) ON DELETE SET NULL);
-- Copy rows from old table "review_cycles" to new temporary table "new_review_cycles"
INSERT INTO `new_review_cycles` (`id`, `opened_on`, `nomination_due_on`, `review_due_on`, `completed_on`, `published_on`, `next_review_due_on`, `purpose`, `year`, `status`, `resumes`, `addressee`, `reference`, `remark`, `base_edition`, `base_at`, `statement`, `signatory`, `position`, `verifier`, `completed_by`, `edition`, `actor_id`, `chapter_id`) SELECT `id`, `opened_on`, `nomination_due_on`, `review_due_on`, `completed_on`, `published_on`, `next_review_due_on`, `purpose`, `year`, `status`, `resumes`, `addressee`, `reference`, `remark`, `base_edition`, `base_at`, `statement`, `signatory`, `position`, `verifier`, `completed_by`, `edition`, `actor_id`, `chapter_id` FROM `review_cycles`;
-- Drop "review_cycles" table after copying rows
DROP TABLE `review_cycles`;
-- Rename temporary table "new_review_cycles" to "review_cycles"
ALTER TABLE `new_review_cycles` RENAME TO `review_cycles`;
-- Create index "reviewcycle_chapter_id_opened_on" to table: "review_cycles"
CREATE UNIQUE INDEX `reviewcycle_chapter_id_opened_on` ON `review_cycles` (`chapter_id`, `opened_on`);
-- Create index "reviewcycle_actor_id_purpose_opened_on" to table: "review_cycles"
CREATE UNIQUE INDEX `reviewcycle_actor_id_purpose_opened_on` ON `review_cycles` (`actor_id`, `purpose`, `opened_on`);
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
