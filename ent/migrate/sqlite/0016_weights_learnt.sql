-- Add column "seen" to table: "overlaps"
ALTER TABLE `overlaps` ADD COLUMN `seen` json NULL;
-- Add column "lesson" to table: "overlaps"
ALTER TABLE `overlaps` ADD COLUMN `lesson` json NULL;
-- Create "overlap_weights" table
CREATE TABLE `overlap_weights` (`id` integer NOT NULL, `version` text NOT NULL, `learnt_at` text NOT NULL, `decisions` integer NOT NULL, `loss_before` text NOT NULL, `loss_after` text NOT NULL, `used` bool NOT NULL, `weights` text NOT NULL, `words` json NOT NULL, PRIMARY KEY (`id`));
-- Create index "overlap_weights_version_key" to table: "overlap_weights"
CREATE UNIQUE INDEX `overlap_weights_version_key` ON `overlap_weights` (`version`);
