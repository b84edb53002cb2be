-- Create index "activity_visibility_start_on" to table: "activities"
CREATE INDEX `activity_visibility_start_on` ON `activities` (`visibility`, `start_on`);
