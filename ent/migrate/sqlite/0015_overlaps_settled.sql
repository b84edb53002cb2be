-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Create "new_overlaps" table
CREATE TABLE `new_overlaps` (`id` integer NOT NULL, `kind` text NOT NULL, `pair_key` text NULL, `score` text NOT NULL, `rank` integer NOT NULL DEFAULT (0), `found_at` text NOT NULL DEFAULT (''), `version` integer NOT NULL DEFAULT (1), `decision` text NOT NULL DEFAULT ('OPEN'), `relation` text NULL, `reason` text NULL, `decided_by` text NULL, `decided_at` text NOT NULL DEFAULT (''), `person` integer NOT NULL DEFAULT (0), `own_interest` bool NOT NULL DEFAULT (false), `assigned_to` integer NOT NULL DEFAULT (0), `assignee` text NULL, `compared` text NOT NULL DEFAULT (''), `changed` bool NOT NULL DEFAULT (false), `steps` json NOT NULL, `merge` json NULL, PRIMARY KEY (`id`));
-- Copy rows from old table "overlaps" to new temporary table "new_overlaps"
INSERT INTO `new_overlaps` (`id`, `kind`, `score`, `decision`, `reason`, `steps`) SELECT `id`, `kind`, `score`, `decision`, `reason`, '[]' FROM `overlaps`;
-- Drop "overlaps" table after copying rows
DROP TABLE `overlaps`;
-- Rename temporary table "new_overlaps" to "overlaps"
ALTER TABLE `new_overlaps` RENAME TO `overlaps`;
-- Create index "overlaps_pair_key_key" to table: "overlaps"
CREATE UNIQUE INDEX `overlaps_pair_key_key` ON `overlaps` (`pair_key`);
-- Create index "overlap_decision_rank" to table: "overlaps"
CREATE INDEX `overlap_decision_rank` ON `overlaps` (`decision`, `rank`);
-- Create index "overlap_assigned_to" to table: "overlaps"
CREATE INDEX `overlap_assigned_to` ON `overlaps` (`assigned_to`);
-- Create index "activity_updated_at" to table: "activities"
CREATE INDEX `activity_updated_at` ON `activities` (`updated_at`);
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
