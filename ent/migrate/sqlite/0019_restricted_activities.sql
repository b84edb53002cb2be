-- Create index "activity_restricted_start_on" to table: "activities"
CREATE INDEX `activity_restricted_start_on` ON `activities` (`start_on`) WHERE visibility = 'RESTRICTED';
