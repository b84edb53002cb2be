-- Create index "historyentry_at" to table: "history_entries"
CREATE INDEX `historyentry_at` ON `history_entries` (`at`);
-- Create "releases" table
CREATE TABLE `releases` (`id` integer NOT NULL, `summary` text NOT NULL, `note` text NULL, `proposed_by` text NOT NULL, `proposer` integer NOT NULL, `proposed_at` text NOT NULL, `seen` integer NOT NULL, `status` text NOT NULL DEFAULT ('PROPOSED'), `decided_by` text NULL, `decider` integer NOT NULL DEFAULT (0), `decided_at` text NOT NULL DEFAULT (''), `reason` text NULL, `edition` integer NOT NULL DEFAULT (0), PRIMARY KEY (`id`));
-- Create index "release_status" to table: "releases"
CREATE INDEX `release_status` ON `releases` (`status`);
-- Create index "release_proposed_at" to table: "releases"
CREATE INDEX `release_proposed_at` ON `releases` (`proposed_at`);
