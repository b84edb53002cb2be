-- Add column "tally" to table: "questionnaires"
ALTER TABLE `questionnaires` ADD COLUMN `tally` json NULL;
