-- Create "seals" table
CREATE TABLE `seals` (`id` integer NOT NULL, `purpose` text NOT NULL, `secret` text NOT NULL, `created_at` text NOT NULL, PRIMARY KEY (`id`));
-- Create index "seal_purpose" to table: "seals"
CREATE UNIQUE INDEX `seal_purpose` ON `seals` (`purpose`);
