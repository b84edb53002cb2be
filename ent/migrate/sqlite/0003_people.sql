-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Create "new_activities" table
CREATE TABLE `new_activities` (`id` integer NOT NULL, `key` text NOT NULL, `version` integer NOT NULL DEFAULT (1), `visibility` text NOT NULL DEFAULT ('RESTRICTED'), `smuggling` text NOT NULL DEFAULT ('NOT_TARGETED'), `trafficking` text NOT NULL DEFAULT ('NOT_TARGETED'), `topics` json NOT NULL, `verified_status` text NOT NULL DEFAULT ('UNVERIFIED'), `verified_by` text NULL, `verified_on` text NOT NULL DEFAULT (''), `verified_until` text NOT NULL DEFAULT (''), `provenance` text NULL, `confidence` text NOT NULL DEFAULT ('UNKNOWN'), `evidence` text NOT NULL DEFAULT ('UNKNOWN'), `checked_against_source` bool NULL, `note` text NULL, `sort_name` text NOT NULL DEFAULT (''), `withdrawn` bool NOT NULL DEFAULT (false), `withheld` json NOT NULL, `created_at` text NOT NULL, `updated_at` text NOT NULL, `created_by` text NOT NULL DEFAULT (''), `updated_by` text NOT NULL DEFAULT (''), `title` text NOT NULL, `acronym` text NULL, `summary` text NULL, `assistance_types` json NOT NULL, `target_audiences` json NOT NULL, `delivery_modes` json NOT NULL, `status` text NOT NULL DEFAULT ('UNKNOWN'), `regional` bool NOT NULL DEFAULT (false), `places` json NOT NULL, `start_on` text NOT NULL DEFAULT (''), `end_on` text NOT NULL DEFAULT (''), `planned_start_on` text NOT NULL DEFAULT (''), `planned_end_on` text NOT NULL DEFAULT (''), `actual_start_on` text NOT NULL DEFAULT (''), `actual_end_on` text NOT NULL DEFAULT (''), `purpose_codes` json NOT NULL, `results` text NULL, `fields_inferred` bool NULL, `part_of_id` integer NULL, `follows_id` integer NULL, `reporter_id` integer NULL, PRIMARY KEY (`id`), CONSTRAINT `activities_activities_parts` FOREIGN KEY (`part_of_id`) REFERENCES `activities` (`id`) ON DELETE SET NULL, CONSTRAINT `activities_activities_followed_by` FOREIGN KEY (`follows_id`) REFERENCES `activities` (`id`) ON DELETE SET NULL, CONSTRAINT `activities_actors_reported` FOREIGN KEY (`reporter_id`) REFERENCES `actors` (`id`) ON DELETE SET NULL);
-- Copy rows from old table "activities" to new temporary table "new_activities"
INSERT INTO `new_activities` (`id`, `key`, `version`, `visibility`, `smuggling`, `trafficking`, `topics`, `verified_status`, `verified_by`, `verified_on`, `verified_until`, `provenance`, `confidence`, `evidence`, `checked_against_source`, `note`, `sort_name`, `withdrawn`, `withheld`, `created_at`, `updated_at`, `created_by`, `updated_by`, `title`, `acronym`, `summary`, `assistance_types`, `target_audiences`, `delivery_modes`, `status`, `regional`, `places`, `start_on`, `end_on`, `planned_start_on`, `planned_end_on`, `actual_start_on`, `actual_end_on`, `purpose_codes`, `results`, `fields_inferred`, `part_of_id`, `follows_id`) SELECT `id`, `key`, `version`, `visibility`, `smuggling`, `trafficking`, `topics`, `verified_status`, `verified_by`, `verified_on`, `verified_until`, `provenance`, `confidence`, `evidence`, `checked_against_source`, `note`, `sort_name`, `withdrawn`, `withheld`, `created_at`, `updated_at`, `created_by`, `updated_by`, `title`, `acronym`, `summary`, `assistance_types`, `target_audiences`, `delivery_modes`, `status`, `regional`, `places`, `start_on`, `end_on`, `planned_start_on`, `planned_end_on`, `actual_start_on`, `actual_end_on`, `purpose_codes`, `results`, `fields_inferred`, `part_of_id`, `follows_id` FROM `activities`;
-- Drop "activities" table after copying rows
DROP TABLE `activities`;
-- Rename temporary table "new_activities" to "activities"
ALTER TABLE `new_activities` RENAME TO `activities`;
-- Create index "activity_key" to table: "activities"
CREATE UNIQUE INDEX `activity_key` ON `activities` (`key`);
-- Create index "activity_sort_name" to table: "activities"
CREATE INDEX `activity_sort_name` ON `activities` (`sort_name`);
-- Create index "activity_start_on_id" to table: "activities"
CREATE INDEX `activity_start_on_id` ON `activities` (`start_on`, `id`);
-- Create index "activity_end_on" to table: "activities"
CREATE INDEX `activity_end_on` ON `activities` (`end_on`);
-- Create index "activity_part_of_id" to table: "activities"
CREATE INDEX `activity_part_of_id` ON `activities` (`part_of_id`);
-- Create index "activity_follows_id" to table: "activities"
CREATE INDEX `activity_follows_id` ON `activities` (`follows_id`);
-- Create index "activity_reporter_id" to table: "activities"
CREATE INDEX `activity_reporter_id` ON `activities` (`reporter_id`);
-- Create "new_contacts" table
CREATE TABLE `new_contacts` (`id` integer NOT NULL, `visibility` text NOT NULL DEFAULT ('MEMBERS'), `kind` text NOT NULL, `unit` text NULL, `person` text NULL, `consent` bool NOT NULL DEFAULT (false), `value` text NOT NULL, `actor_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `contacts_actors_contacts` FOREIGN KEY (`actor_id`) REFERENCES `actors` (`id`) ON DELETE NO ACTION);
-- Copy rows from old table "contacts" to new temporary table "new_contacts"
INSERT INTO `new_contacts` (`id`, `visibility`, `kind`, `unit`, `value`, `actor_id`) SELECT `id`, `visibility`, `kind`, `unit`, `value`, `actor_id` FROM `contacts`;
-- Drop "contacts" table after copying rows
DROP TABLE `contacts`;
-- Rename temporary table "new_contacts" to "contacts"
ALTER TABLE `new_contacts` RENAME TO `contacts`;
-- Create index "contact_actor_id" to table: "contacts"
CREATE INDEX `contact_actor_id` ON `contacts` (`actor_id`);
-- Create "new_fundings" table
CREATE TABLE `new_fundings` (`id` integer NOT NULL, `visibility` text NOT NULL DEFAULT ('RESTRICTED'), `position` integer NOT NULL DEFAULT (0), `kind` text NULL, `amount` integer NULL, `currency` text NULL, `value_on` text NOT NULL DEFAULT (''), `reported_by` text NOT NULL DEFAULT ('UNKNOWN'), `provider_inferred` bool NOT NULL DEFAULT (false), `amount_checked` bool NULL, `note` text NULL, `withheld` json NOT NULL, `provider_id` integer NULL, `receiver_id` integer NULL, `reporter_id` integer NULL, `upstream_id` integer NULL, PRIMARY KEY (`id`), CONSTRAINT `fundings_actors_provided` FOREIGN KEY (`provider_id`) REFERENCES `actors` (`id`) ON DELETE SET NULL, CONSTRAINT `fundings_actors_received` FOREIGN KEY (`receiver_id`) REFERENCES `actors` (`id`) ON DELETE SET NULL, CONSTRAINT `fundings_actors_fundings_reported` FOREIGN KEY (`reporter_id`) REFERENCES `actors` (`id`) ON DELETE SET NULL, CONSTRAINT `fundings_fundings_downstream` FOREIGN KEY (`upstream_id`) REFERENCES `fundings` (`id`) ON DELETE SET NULL);
-- Copy rows from old table "fundings" to new temporary table "new_fundings"
INSERT INTO `new_fundings` (`id`, `visibility`, `position`, `kind`, `amount`, `currency`, `value_on`, `reported_by`, `provider_inferred`, `amount_checked`, `note`, `withheld`, `provider_id`, `receiver_id`, `upstream_id`) SELECT `id`, `visibility`, `position`, `kind`, `amount`, `currency`, `value_on`, `reported_by`, `provider_inferred`, `amount_checked`, `note`, `withheld`, `provider_id`, `receiver_id`, `upstream_id` FROM `fundings`;
-- Drop "fundings" table after copying rows
DROP TABLE `fundings`;
-- Rename temporary table "new_fundings" to "fundings"
ALTER TABLE `new_fundings` RENAME TO `fundings`;
-- Create index "funding_provider_id" to table: "fundings"
CREATE INDEX `funding_provider_id` ON `fundings` (`provider_id`);
-- Create index "funding_receiver_id" to table: "fundings"
CREATE INDEX `funding_receiver_id` ON `fundings` (`receiver_id`);
-- Create index "funding_upstream_id" to table: "fundings"
CREATE INDEX `funding_upstream_id` ON `fundings` (`upstream_id`);
-- Create index "funding_value_on_id" to table: "fundings"
CREATE INDEX `funding_value_on_id` ON `fundings` (`value_on`, `id`);
-- Create "disputes" table
CREATE TABLE `disputes` (`id` integer NOT NULL, `record_version` integer NOT NULL, `visibility` text NOT NULL, `about` text NULL, `stated` text NULL, `statement` text NOT NULL, `by` text NOT NULL, `person` integer NOT NULL, `at` text NOT NULL, `status` text NOT NULL DEFAULT ('OPEN'), `decision` text NULL, `decided_by` text NULL, `decided_at` text NOT NULL DEFAULT (''), `own_interest` bool NOT NULL DEFAULT (false), `record_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `disputes_records_disputes` FOREIGN KEY (`record_id`) REFERENCES `records` (`id`) ON DELETE NO ACTION);
-- Create index "dispute_record_id_at" to table: "disputes"
CREATE INDEX `dispute_record_id_at` ON `disputes` (`record_id`, `at`);
-- Create "grants" table
CREATE TABLE `grants` (`id` integer NOT NULL, `role` text NOT NULL, `given_at` text NOT NULL, `until` text NOT NULL DEFAULT (''), `ended_at` text NOT NULL DEFAULT (''), `ended_reason` text NULL, `actor_id` integer NULL, `chapter_id` integer NULL, `delegated_by_id` integer NULL, `person_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `grants_actors_actor` FOREIGN KEY (`actor_id`) REFERENCES `actors` (`id`) ON DELETE SET NULL, CONSTRAINT `grants_chapters_chapter` FOREIGN KEY (`chapter_id`) REFERENCES `chapters` (`id`) ON DELETE SET NULL, CONSTRAINT `grants_grants_delegations` FOREIGN KEY (`delegated_by_id`) REFERENCES `grants` (`id`) ON DELETE SET NULL, CONSTRAINT `grants_people_grants` FOREIGN KEY (`person_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION);
-- Create index "grant_person_id" to table: "grants"
CREATE INDEX `grant_person_id` ON `grants` (`person_id`);
-- Create index "grant_actor_id" to table: "grants"
CREATE INDEX `grant_actor_id` ON `grants` (`actor_id`);
-- Create index "grant_chapter_id" to table: "grants"
CREATE INDEX `grant_chapter_id` ON `grants` (`chapter_id`);
-- Create "invitations" table
CREATE TABLE `invitations` (`id` integer NOT NULL, `kind` text NOT NULL, `secret_hash` text NOT NULL, `created_at` text NOT NULL, `expires_at` text NOT NULL, `used_at` text NOT NULL DEFAULT (''), `person_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `invitations_people_invitations` FOREIGN KEY (`person_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION);
-- Create index "invitation_secret_hash" to table: "invitations"
CREATE UNIQUE INDEX `invitation_secret_hash` ON `invitations` (`secret_hash`);
-- Create index "invitation_person_id" to table: "invitations"
CREATE INDEX `invitation_person_id` ON `invitations` (`person_id`);
-- Create "log_details" table
CREATE TABLE `log_details` (`id` integer NOT NULL, `person` integer NOT NULL DEFAULT (0), `salt` text NOT NULL, `text` text NOT NULL, `entry_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `log_details_log_entries_detail` FOREIGN KEY (`entry_id`) REFERENCES `log_entries` (`id`) ON DELETE NO ACTION);
-- Create index "log_details_entry_id_key" to table: "log_details"
CREATE UNIQUE INDEX `log_details_entry_id_key` ON `log_details` (`entry_id`);
-- Create index "logdetail_person" to table: "log_details"
CREATE INDEX `logdetail_person` ON `log_details` (`person`);
-- Create "log_entries" table
CREATE TABLE `log_entries` (`id` integer NOT NULL, `seq` integer NOT NULL, `at` text NOT NULL, `kind` text NOT NULL, `person` integer NOT NULL DEFAULT (0), `subject` integer NOT NULL DEFAULT (0), `summary` text NOT NULL, `detail_hash` text NOT NULL DEFAULT (''), `previous` text NOT NULL, `hash` text NOT NULL, PRIMARY KEY (`id`));
-- Create index "logentry_seq" to table: "log_entries"
CREATE UNIQUE INDEX `logentry_seq` ON `log_entries` (`seq`);
-- Create index "logentry_person" to table: "log_entries"
CREATE INDEX `logentry_person` ON `log_entries` (`person`);
-- Create index "logentry_subject" to table: "log_entries"
CREATE INDEX `logentry_subject` ON `log_entries` (`subject`);
-- Create "logins" table
CREATE TABLE `logins` (`id` integer NOT NULL, `issuer` text NOT NULL, `subject` text NOT NULL, `created_at` text NOT NULL, `person_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `logins_people_logins` FOREIGN KEY (`person_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION);
-- Create index "login_issuer_subject" to table: "logins"
CREATE UNIQUE INDEX `login_issuer_subject` ON `logins` (`issuer`, `subject`);
-- Create index "login_person_id" to table: "logins"
CREATE INDEX `login_person_id` ON `logins` (`person_id`);
-- Create "old_keys" table
CREATE TABLE `old_keys` (`id` integer NOT NULL, `kind` text NOT NULL, `key` text NOT NULL, `record_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `old_keys_records_old_keys` FOREIGN KEY (`record_id`) REFERENCES `records` (`id`) ON DELETE NO ACTION);
-- Create index "oldkey_kind_key" to table: "old_keys"
CREATE UNIQUE INDEX `oldkey_kind_key` ON `old_keys` (`kind`, `key`);
-- Create index "oldkey_record_id" to table: "old_keys"
CREATE INDEX `oldkey_record_id` ON `old_keys` (`record_id`);
-- Create "once_keys" table
CREATE TABLE `once_keys` (`id` integer NOT NULL, `person` integer NOT NULL, `key` text NOT NULL, `request_hash` text NOT NULL, `result` integer NOT NULL, `at` text NOT NULL, PRIMARY KEY (`id`));
-- Create index "oncekey_person_key" to table: "once_keys"
CREATE UNIQUE INDEX `oncekey_person_key` ON `once_keys` (`person`, `key`);
-- Create index "oncekey_at" to table: "once_keys"
CREATE INDEX `oncekey_at` ON `once_keys` (`at`);
-- Create "passkeys" table
CREATE TABLE `passkeys` (`id` integer NOT NULL, `handle` text NOT NULL, `credential` text NOT NULL, `name` text NOT NULL, `created_at` text NOT NULL, `used_at` text NOT NULL DEFAULT (''), `person_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `passkeys_people_passkeys` FOREIGN KEY (`person_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION);
-- Create index "passkey_handle" to table: "passkeys"
CREATE UNIQUE INDEX `passkey_handle` ON `passkeys` (`handle`);
-- Create index "passkey_person_id" to table: "passkeys"
CREATE INDEX `passkey_person_id` ON `passkeys` (`person_id`);
-- Create "people" table
CREATE TABLE `people` (`id` integer NOT NULL, `email` text NOT NULL, `name` text NULL, `unit` text NULL, `institution` text NULL, `name_public` bool NOT NULL DEFAULT (false), `password_hash` text NOT NULL DEFAULT (''), `totp_secret` text NOT NULL DEFAULT (''), `totp_confirmed` bool NOT NULL DEFAULT (false), `totp_step` integer NOT NULL DEFAULT (0), `failures` integer NOT NULL DEFAULT (0), `locked_until` text NOT NULL DEFAULT (''), `disabled` bool NOT NULL DEFAULT (false), `created_at` text NOT NULL, `erased_at` text NOT NULL DEFAULT (''), PRIMARY KEY (`id`));
-- Create index "person_email" to table: "people"
CREATE UNIQUE INDEX `person_email` ON `people` (`email`);
-- Create "sessions" table
CREATE TABLE `sessions` (`id` integer NOT NULL, `token_hash` text NOT NULL, `data` blob NOT NULL, `client` text NOT NULL DEFAULT (''), `created_at` text NOT NULL, `seen_at` text NOT NULL DEFAULT (''), `expires_at` text NOT NULL, `person_id` integer NULL, PRIMARY KEY (`id`), CONSTRAINT `sessions_people_sessions` FOREIGN KEY (`person_id`) REFERENCES `people` (`id`) ON DELETE SET NULL);
-- Create index "session_token_hash" to table: "sessions"
CREATE UNIQUE INDEX `session_token_hash` ON `sessions` (`token_hash`);
-- Create index "session_person_id" to table: "sessions"
CREATE INDEX `session_person_id` ON `sessions` (`person_id`);
-- Create index "session_expires_at" to table: "sessions"
CREATE INDEX `session_expires_at` ON `sessions` (`expires_at`);
-- Create "shares" table
CREATE TABLE `shares` (`id` integer NOT NULL, `role` text NULL, `by` text NOT NULL, `at` text NOT NULL, `funding_id` integer NULL, `record_id` integer NULL, `actor_id` integer NULL, PRIMARY KEY (`id`), CONSTRAINT `shares_fundings_shares` FOREIGN KEY (`funding_id`) REFERENCES `fundings` (`id`) ON DELETE SET NULL, CONSTRAINT `shares_records_shares` FOREIGN KEY (`record_id`) REFERENCES `records` (`id`) ON DELETE SET NULL, CONSTRAINT `shares_actors_actor` FOREIGN KEY (`actor_id`) REFERENCES `actors` (`id`) ON DELETE SET NULL);
-- Create index "share_record_id_actor_id" to table: "shares"
CREATE INDEX `share_record_id_actor_id` ON `shares` (`record_id`, `actor_id`);
-- Create index "share_funding_id_actor_id" to table: "shares"
CREATE INDEX `share_funding_id_actor_id` ON `shares` (`funding_id`, `actor_id`);
-- Create "tokens" table
CREATE TABLE `tokens` (`id` integer NOT NULL, `name` text NOT NULL, `secret_hash` text NOT NULL, `scopes` json NOT NULL, `created_at` text NOT NULL, `expires_at` text NOT NULL, `used_at` text NOT NULL DEFAULT (''), `revoked_at` text NOT NULL DEFAULT (''), `person_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `tokens_people_tokens` FOREIGN KEY (`person_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION);
-- Create index "token_secret_hash" to table: "tokens"
CREATE UNIQUE INDEX `token_secret_hash` ON `tokens` (`secret_hash`);
-- Create index "token_person_id" to table: "tokens"
CREATE INDEX `token_person_id` ON `tokens` (`person_id`);
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
