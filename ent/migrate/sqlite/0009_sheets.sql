-- Create "sheet_merges" table
CREATE TABLE `sheet_merges` (`id` integer NOT NULL, `at` text NOT NULL, `by` text NOT NULL, `person` integer NOT NULL DEFAULT (0), `agencies` json NOT NULL, `letter` text NULL, `undone_at` text NOT NULL DEFAULT (''), `rows` json NOT NULL, `cycle_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `sheet_merges_review_cycles_sheet_merges` FOREIGN KEY (`cycle_id`) REFERENCES `review_cycles` (`id`) ON DELETE NO ACTION);
-- Create index "sheetmerge_cycle_id_at" to table: "sheet_merges"
CREATE INDEX `sheetmerge_cycle_id_at` ON `sheet_merges` (`cycle_id`, `at`);
