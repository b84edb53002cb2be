-- Create "activities" table
CREATE TABLE `activities` (`id` integer NOT NULL, `key` text NOT NULL, `version` integer NOT NULL DEFAULT (1), `visibility` text NOT NULL DEFAULT ('RESTRICTED'), `smuggling` text NOT NULL DEFAULT ('NOT_TARGETED'), `trafficking` text NOT NULL DEFAULT ('NOT_TARGETED'), `topics` json NOT NULL, `verified_status` text NOT NULL DEFAULT ('UNVERIFIED'), `verified_by` text NULL, `verified_on` text NOT NULL DEFAULT (''), `verified_until` text NOT NULL DEFAULT (''), `provenance` text NULL, `confidence` text NOT NULL DEFAULT ('UNKNOWN'), `evidence` text NOT NULL DEFAULT ('UNKNOWN'), `checked_against_source` bool NULL, `note` text NULL, `sort_name` text NOT NULL DEFAULT (''), `withdrawn` bool NOT NULL DEFAULT (false), `withheld` json NOT NULL, `created_at` text NOT NULL, `updated_at` text NOT NULL, `created_by` text NOT NULL DEFAULT (''), `updated_by` text NOT NULL DEFAULT (''), `title` text NOT NULL, `acronym` text NULL, `summary` text NULL, `assistance_types` json NOT NULL, `target_audiences` json NOT NULL, `delivery_modes` json NOT NULL, `status` text NOT NULL DEFAULT ('UNKNOWN'), `regional` bool NOT NULL DEFAULT (false), `places` json NOT NULL, `start_on` text NOT NULL DEFAULT (''), `end_on` text NOT NULL DEFAULT (''), `planned_start_on` text NOT NULL DEFAULT (''), `planned_end_on` text NOT NULL DEFAULT (''), `actual_start_on` text NOT NULL DEFAULT (''), `actual_end_on` text NOT NULL DEFAULT (''), `purpose_codes` json NOT NULL, `results` text NULL, `fields_inferred` bool NULL, `part_of_id` integer NULL, `follows_id` integer NULL, PRIMARY KEY (`id`), CONSTRAINT `activities_activities_parts` FOREIGN KEY (`part_of_id`) REFERENCES `activities` (`id`) ON DELETE SET NULL, CONSTRAINT `activities_activities_followed_by` FOREIGN KEY (`follows_id`) REFERENCES `activities` (`id`) ON DELETE SET NULL);
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
-- Create "activity_states" table
CREATE TABLE `activity_states` (`id` integer NOT NULL, `position` integer NOT NULL DEFAULT (0), `percentage` text NOT NULL DEFAULT (''), `activity_id` integer NOT NULL, `state_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `activity_states_activities_activity_states` FOREIGN KEY (`activity_id`) REFERENCES `activities` (`id`) ON DELETE NO ACTION, CONSTRAINT `activity_states_states_activity_states` FOREIGN KEY (`state_id`) REFERENCES `states` (`id`) ON DELETE NO ACTION);
-- Create index "activitystate_activity_id_state_id" to table: "activity_states"
CREATE UNIQUE INDEX `activitystate_activity_id_state_id` ON `activity_states` (`activity_id`, `state_id`);
-- Create index "activitystate_state_id_activity_id" to table: "activity_states"
CREATE INDEX `activitystate_state_id_activity_id` ON `activity_states` (`state_id`, `activity_id`);
-- Create "actors" table
CREATE TABLE `actors` (`id` integer NOT NULL, `key` text NOT NULL, `version` integer NOT NULL DEFAULT (1), `visibility` text NOT NULL DEFAULT ('RESTRICTED'), `smuggling` text NOT NULL DEFAULT ('NOT_TARGETED'), `trafficking` text NOT NULL DEFAULT ('NOT_TARGETED'), `topics` json NOT NULL, `verified_status` text NOT NULL DEFAULT ('UNVERIFIED'), `verified_by` text NULL, `verified_on` text NOT NULL DEFAULT (''), `verified_until` text NOT NULL DEFAULT (''), `provenance` text NULL, `confidence` text NOT NULL DEFAULT ('UNKNOWN'), `evidence` text NOT NULL DEFAULT ('UNKNOWN'), `checked_against_source` bool NULL, `note` text NULL, `sort_name` text NOT NULL DEFAULT (''), `withdrawn` bool NOT NULL DEFAULT (false), `withheld` json NOT NULL, `created_at` text NOT NULL, `updated_at` text NOT NULL, `created_by` text NOT NULL DEFAULT (''), `updated_by` text NOT NULL DEFAULT (''), `name` text NOT NULL, `acronym` text NULL, `kind` text NOT NULL, `stated_roles` json NOT NULL, `seat` text NULL, `mandate` text NULL, `website` text NULL, `safety` bool NOT NULL DEFAULT (false), `organisation_identifier` text NULL, `organisation_type` text NULL, `parent_id` integer NULL, `successor_id` integer NULL, `state_id` integer NULL, `government_id` integer NULL, PRIMARY KEY (`id`), CONSTRAINT `actors_actors_children` FOREIGN KEY (`parent_id`) REFERENCES `actors` (`id`) ON DELETE SET NULL, CONSTRAINT `actors_actors_predecessors` FOREIGN KEY (`successor_id`) REFERENCES `actors` (`id`) ON DELETE SET NULL, CONSTRAINT `actors_states_actors` FOREIGN KEY (`state_id`) REFERENCES `states` (`id`) ON DELETE SET NULL, CONSTRAINT `actors_states_government_agencies` FOREIGN KEY (`government_id`) REFERENCES `states` (`id`) ON DELETE SET NULL);
-- Create index "actor_key" to table: "actors"
CREATE UNIQUE INDEX `actor_key` ON `actors` (`key`);
-- Create index "actor_sort_name" to table: "actors"
CREATE INDEX `actor_sort_name` ON `actors` (`sort_name`);
-- Create index "actor_state_id" to table: "actors"
CREATE INDEX `actor_state_id` ON `actors` (`state_id`);
-- Create index "actor_government_id" to table: "actors"
CREATE INDEX `actor_government_id` ON `actors` (`government_id`);
-- Create index "actor_parent_id" to table: "actors"
CREATE INDEX `actor_parent_id` ON `actors` (`parent_id`);
-- Create "allocations" table
CREATE TABLE `allocations` (`id` integer NOT NULL, `theme` text NULL, `percentage` text NOT NULL, `funding_id` integer NOT NULL, `state_id` integer NULL, PRIMARY KEY (`id`), CONSTRAINT `allocations_fundings_allocations` FOREIGN KEY (`funding_id`) REFERENCES `fundings` (`id`) ON DELETE NO ACTION, CONSTRAINT `allocations_states_allocations` FOREIGN KEY (`state_id`) REFERENCES `states` (`id`) ON DELETE SET NULL);
-- Create index "allocation_funding_id" to table: "allocations"
CREATE INDEX `allocation_funding_id` ON `allocations` (`funding_id`);
-- Create "amendments" table
CREATE TABLE `amendments` (`id` integer NOT NULL, `position` integer NOT NULL DEFAULT (0), `title` text NOT NULL, `number` text NULL, `year` text NOT NULL DEFAULT (''), `law_id` integer NOT NULL, `amending_law_id` integer NULL, PRIMARY KEY (`id`), CONSTRAINT `amendments_laws_amendments` FOREIGN KEY (`law_id`) REFERENCES `laws` (`id`) ON DELETE NO ACTION, CONSTRAINT `amendments_laws_amends` FOREIGN KEY (`amending_law_id`) REFERENCES `laws` (`id`) ON DELETE SET NULL);
-- Create index "amendment_law_id_position" to table: "amendments"
CREATE INDEX `amendment_law_id_position` ON `amendments` (`law_id`, `position`);
-- Create "chapters" table
CREATE TABLE `chapters` (`id` integer NOT NULL, `code` text NOT NULL, `title` text NOT NULL, `time_zone` text NOT NULL, `status` text NOT NULL DEFAULT ('NOT_OPENED'), `readings_released` bool NOT NULL DEFAULT (false), `verified_status` text NOT NULL DEFAULT ('UNVERIFIED'), `verified_by` text NULL, `verified_on` text NOT NULL DEFAULT (''), `verified_until` text NOT NULL DEFAULT (''), `state_id` integer NULL, PRIMARY KEY (`id`), CONSTRAINT `chapters_states_chapter` FOREIGN KEY (`state_id`) REFERENCES `states` (`id`) ON DELETE SET NULL);
-- Create index "chapters_state_id_key" to table: "chapters"
CREATE UNIQUE INDEX `chapters_state_id_key` ON `chapters` (`state_id`);
-- Create index "chapter_code" to table: "chapters"
CREATE UNIQUE INDEX `chapter_code` ON `chapters` (`code`);
-- Create "contacts" table
CREATE TABLE `contacts` (`id` integer NOT NULL, `visibility` text NOT NULL DEFAULT ('MEMBERS'), `kind` text NOT NULL, `unit` text NULL, `value` text NOT NULL, `actor_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `contacts_actors_contacts` FOREIGN KEY (`actor_id`) REFERENCES `actors` (`id`) ON DELETE NO ACTION);
-- Create index "contact_actor_id" to table: "contacts"
CREATE INDEX `contact_actor_id` ON `contacts` (`actor_id`);
-- Create "coordination_mechanisms" table
CREATE TABLE `coordination_mechanisms` (`id` integer NOT NULL, `key` text NOT NULL, `version` integer NOT NULL DEFAULT (1), `visibility` text NOT NULL DEFAULT ('RESTRICTED'), `smuggling` text NOT NULL DEFAULT ('NOT_TARGETED'), `trafficking` text NOT NULL DEFAULT ('NOT_TARGETED'), `topics` json NOT NULL, `verified_status` text NOT NULL DEFAULT ('UNVERIFIED'), `verified_by` text NULL, `verified_on` text NOT NULL DEFAULT (''), `verified_until` text NOT NULL DEFAULT (''), `provenance` text NULL, `confidence` text NOT NULL DEFAULT ('UNKNOWN'), `evidence` text NOT NULL DEFAULT ('UNKNOWN'), `checked_against_source` bool NULL, `note` text NULL, `sort_name` text NOT NULL DEFAULT (''), `withdrawn` bool NOT NULL DEFAULT (false), `withheld` json NOT NULL, `created_at` text NOT NULL, `updated_at` text NOT NULL, `created_by` text NOT NULL DEFAULT (''), `updated_by` text NOT NULL DEFAULT (''), `name` text NOT NULL, `acronym` text NULL, `level` text NOT NULL, `form` text NOT NULL, `status` text NOT NULL, `subject` text NULL, `mandate` text NULL, `founded_on` text NOT NULL DEFAULT (''), `secretariat` text NULL, `legal_basis` text NULL, `secretariat_actor_id` integer NULL, `superseded_by_id` integer NULL, `state_id` integer NULL, PRIMARY KEY (`id`), CONSTRAINT `coordination_mechanisms_actors_mechanisms_served` FOREIGN KEY (`secretariat_actor_id`) REFERENCES `actors` (`id`) ON DELETE SET NULL, CONSTRAINT `coordination_mechanisms_coordination_mechanisms_supersedes` FOREIGN KEY (`superseded_by_id`) REFERENCES `coordination_mechanisms` (`id`) ON DELETE SET NULL, CONSTRAINT `coordination_mechanisms_states_mechanisms` FOREIGN KEY (`state_id`) REFERENCES `states` (`id`) ON DELETE SET NULL);
-- Create index "coordinationmechanism_key" to table: "coordination_mechanisms"
CREATE UNIQUE INDEX `coordinationmechanism_key` ON `coordination_mechanisms` (`key`);
-- Create index "coordinationmechanism_sort_name" to table: "coordination_mechanisms"
CREATE INDEX `coordinationmechanism_sort_name` ON `coordination_mechanisms` (`sort_name`);
-- Create index "coordinationmechanism_state_id" to table: "coordination_mechanisms"
CREATE INDEX `coordinationmechanism_state_id` ON `coordination_mechanisms` (`state_id`);
-- Create "editions" table
CREATE TABLE `editions` (`id` integer NOT NULL, `number` integer NOT NULL, `status` text NOT NULL DEFAULT ('BUILDING'), `date` text NOT NULL, `released_at` text NOT NULL, `summary` text NOT NULL DEFAULT (''), `withdrawn_reason` text NULL, `withdrawn_on` text NOT NULL DEFAULT (''), PRIMARY KEY (`id`));
-- Create index "edition_number" to table: "editions"
CREATE UNIQUE INDEX `edition_number` ON `editions` (`number`);
-- Create "external_identifiers" table
CREATE TABLE `external_identifiers` (`id` integer NOT NULL, `position` integer NOT NULL DEFAULT (0), `value` text NOT NULL, `activity_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `external_identifiers_activities_external_identifiers` FOREIGN KEY (`activity_id`) REFERENCES `activities` (`id`) ON DELETE NO ACTION);
-- Create index "externalidentifier_activity_id_value" to table: "external_identifiers"
CREATE UNIQUE INDEX `externalidentifier_activity_id_value` ON `external_identifiers` (`activity_id`, `value`);
-- Create index "externalidentifier_value" to table: "external_identifiers"
CREATE INDEX `externalidentifier_value` ON `external_identifiers` (`value`);
-- Create "fundings" table
CREATE TABLE `fundings` (`id` integer NOT NULL, `visibility` text NOT NULL DEFAULT ('RESTRICTED'), `position` integer NOT NULL DEFAULT (0), `kind` text NULL, `amount` integer NULL, `currency` text NULL, `value_on` text NOT NULL DEFAULT (''), `reported_by` text NOT NULL DEFAULT ('UNKNOWN'), `provider_inferred` bool NOT NULL DEFAULT (false), `amount_checked` bool NULL, `note` text NULL, `withheld` json NOT NULL, `provider_id` integer NULL, `receiver_id` integer NULL, `upstream_id` integer NULL, PRIMARY KEY (`id`), CONSTRAINT `fundings_actors_provided` FOREIGN KEY (`provider_id`) REFERENCES `actors` (`id`) ON DELETE SET NULL, CONSTRAINT `fundings_actors_received` FOREIGN KEY (`receiver_id`) REFERENCES `actors` (`id`) ON DELETE SET NULL, CONSTRAINT `fundings_fundings_downstream` FOREIGN KEY (`upstream_id`) REFERENCES `fundings` (`id`) ON DELETE SET NULL);
-- Create index "funding_provider_id" to table: "fundings"
CREATE INDEX `funding_provider_id` ON `fundings` (`provider_id`);
-- Create index "funding_receiver_id" to table: "fundings"
CREATE INDEX `funding_receiver_id` ON `fundings` (`receiver_id`);
-- Create index "funding_upstream_id" to table: "fundings"
CREATE INDEX `funding_upstream_id` ON `fundings` (`upstream_id`);
-- Create index "funding_value_on_id" to table: "fundings"
CREATE INDEX `funding_value_on_id` ON `fundings` (`value_on`, `id`);
-- Create "history_entries" table
CREATE TABLE `history_entries` (`id` integer NOT NULL, `version` integer NOT NULL, `visibility` text NOT NULL, `at` text NOT NULL, `by` text NOT NULL, `action` text NOT NULL, `reason` text NULL, `changes` json NOT NULL, `source_id` integer NULL, `record_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `history_entries_sources_source` FOREIGN KEY (`source_id`) REFERENCES `sources` (`id`) ON DELETE SET NULL, CONSTRAINT `history_entries_records_history` FOREIGN KEY (`record_id`) REFERENCES `records` (`id`) ON DELETE NO ACTION);
-- Create index "historyentry_record_id_version" to table: "history_entries"
CREATE INDEX `historyentry_record_id_version` ON `history_entries` (`record_id`, `version`);
-- Create "laws" table
CREATE TABLE `laws` (`id` integer NOT NULL, `key` text NOT NULL, `version` integer NOT NULL DEFAULT (1), `visibility` text NOT NULL DEFAULT ('RESTRICTED'), `smuggling` text NOT NULL DEFAULT ('NOT_TARGETED'), `trafficking` text NOT NULL DEFAULT ('NOT_TARGETED'), `topics` json NOT NULL, `verified_status` text NOT NULL DEFAULT ('UNVERIFIED'), `verified_by` text NULL, `verified_on` text NOT NULL DEFAULT (''), `verified_until` text NOT NULL DEFAULT (''), `provenance` text NULL, `confidence` text NOT NULL DEFAULT ('UNKNOWN'), `evidence` text NOT NULL DEFAULT ('UNKNOWN'), `checked_against_source` bool NULL, `note` text NULL, `sort_name` text NOT NULL DEFAULT (''), `withdrawn` bool NOT NULL DEFAULT (false), `withheld` json NOT NULL, `created_at` text NOT NULL, `updated_at` text NOT NULL, `created_by` text NOT NULL DEFAULT (''), `updated_by` text NOT NULL DEFAULT (''), `title` text NOT NULL, `title_local` text NULL, `number` text NULL, `year` text NOT NULL DEFAULT (''), `adopted_on` text NOT NULL DEFAULT (''), `in_force_on` text NOT NULL DEFAULT (''), `status` text NOT NULL, `criminalises_trafficking` text NOT NULL DEFAULT ('NOT_EXAMINED'), `criminalises_smuggling` text NOT NULL DEFAULT ('NOT_EXAMINED'), `penalty_note` text NULL, `key_articles` json NOT NULL, `summary` text NULL, `replaced_by_id` integer NULL, `state_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `laws_laws_replaces` FOREIGN KEY (`replaced_by_id`) REFERENCES `laws` (`id`) ON DELETE SET NULL, CONSTRAINT `laws_states_laws` FOREIGN KEY (`state_id`) REFERENCES `states` (`id`) ON DELETE NO ACTION);
-- Create index "law_key" to table: "laws"
CREATE UNIQUE INDEX `law_key` ON `laws` (`key`);
-- Create index "law_sort_name" to table: "laws"
CREATE INDEX `law_sort_name` ON `laws` (`sort_name`);
-- Create index "law_state_id" to table: "laws"
CREATE INDEX `law_state_id` ON `laws` (`state_id`);
-- Create "lead_authorities" table
CREATE TABLE `lead_authorities` (`id` integer NOT NULL, `theme` text NOT NULL, `actor_id` integer NOT NULL, `state_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `lead_authorities_actors_leads` FOREIGN KEY (`actor_id`) REFERENCES `actors` (`id`) ON DELETE NO ACTION, CONSTRAINT `lead_authorities_states_lead_authorities` FOREIGN KEY (`state_id`) REFERENCES `states` (`id`) ON DELETE NO ACTION);
-- Create index "leadauthority_state_id_theme_actor_id" to table: "lead_authorities"
CREATE UNIQUE INDEX `leadauthority_state_id_theme_actor_id` ON `lead_authorities` (`state_id`, `theme`, `actor_id`);
-- Create index "leadauthority_actor_id" to table: "lead_authorities"
CREATE INDEX `leadauthority_actor_id` ON `lead_authorities` (`actor_id`);
-- Create "mechanism_members" table
CREATE TABLE `mechanism_members` (`id` integer NOT NULL, `position` integer NOT NULL DEFAULT (0), `since` text NOT NULL DEFAULT (''), `until` text NOT NULL DEFAULT (''), `actor_id` integer NULL, `mechanism_id` integer NOT NULL, `state_id` integer NULL, PRIMARY KEY (`id`), CONSTRAINT `mechanism_members_actors_mechanism_memberships` FOREIGN KEY (`actor_id`) REFERENCES `actors` (`id`) ON DELETE SET NULL, CONSTRAINT `mechanism_members_coordination_mechanisms_members` FOREIGN KEY (`mechanism_id`) REFERENCES `coordination_mechanisms` (`id`) ON DELETE NO ACTION, CONSTRAINT `mechanism_members_states_mechanism_memberships` FOREIGN KEY (`state_id`) REFERENCES `states` (`id`) ON DELETE SET NULL);
-- Create index "mechanismmember_mechanism_id_position" to table: "mechanism_members"
CREATE INDEX `mechanismmember_mechanism_id_position` ON `mechanism_members` (`mechanism_id`, `position`);
-- Create index "mechanismmember_state_id" to table: "mechanism_members"
CREATE INDEX `mechanismmember_state_id` ON `mechanism_members` (`state_id`);
-- Create index "mechanismmember_actor_id" to table: "mechanism_members"
CREATE INDEX `mechanismmember_actor_id` ON `mechanism_members` (`actor_id`);
-- Create "memberships" table
CREATE TABLE `memberships` (`id` integer NOT NULL, `group` text NOT NULL, `member` bool NOT NULL DEFAULT (true), `since` text NOT NULL DEFAULT (''), `until` text NOT NULL DEFAULT (''), `note` text NULL, `confidence` text NOT NULL DEFAULT ('UNKNOWN'), `evidence` text NOT NULL DEFAULT ('UNKNOWN'), `state_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `memberships_states_memberships` FOREIGN KEY (`state_id`) REFERENCES `states` (`id`) ON DELETE NO ACTION);
-- Create index "membership_state_id_group_since" to table: "memberships"
CREATE UNIQUE INDEX `membership_state_id_group_since` ON `memberships` (`state_id`, `group`, `since`);
-- Create index "membership_group_state_id" to table: "memberships"
CREATE INDEX `membership_group_state_id` ON `memberships` (`group`, `state_id`);
-- Create "needs" table
CREATE TABLE `needs` (`id` integer NOT NULL, `visibility` text NOT NULL DEFAULT ('MEMBERS'), `title` text NOT NULL, `theme` text NULL, `assistance_type` text NOT NULL, `gap` text NULL, `priority` text NOT NULL DEFAULT ('NOT_STATED'), `status` text NOT NULL DEFAULT ('OPEN'), `withheld` json NOT NULL, `created_at` text NOT NULL, `authority_id` integer NULL, `state_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `needs_actors_needs` FOREIGN KEY (`authority_id`) REFERENCES `actors` (`id`) ON DELETE SET NULL, CONSTRAINT `needs_states_needs` FOREIGN KEY (`state_id`) REFERENCES `states` (`id`) ON DELETE NO ACTION);
-- Create index "need_state_id" to table: "needs"
CREATE INDEX `need_state_id` ON `needs` (`state_id`);
-- Create index "need_authority_id" to table: "needs"
CREATE INDEX `need_authority_id` ON `needs` (`authority_id`);
-- Create "other_names" table
CREATE TABLE `other_names` (`id` integer NOT NULL, `name` text NOT NULL, `kind` text NOT NULL DEFAULT ('OTHER'), `language` text NULL, `actor_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `other_names_actors_other_names` FOREIGN KEY (`actor_id`) REFERENCES `actors` (`id`) ON DELETE NO ACTION);
-- Create index "othername_actor_id_name" to table: "other_names"
CREATE UNIQUE INDEX `othername_actor_id_name` ON `other_names` (`actor_id`, `name`);
-- Create "overlaps" table
CREATE TABLE `overlaps` (`id` integer NOT NULL, `kind` text NOT NULL, `score` text NOT NULL, `decision` text NOT NULL DEFAULT ('OPEN'), `reason` text NULL, PRIMARY KEY (`id`));
-- Create "participations" table
CREATE TABLE `participations` (`id` integer NOT NULL, `role` text NOT NULL, `position` integer NOT NULL DEFAULT (0), `inferred` bool NOT NULL DEFAULT (false), `activity_id` integer NOT NULL, `actor_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `participations_activities_participations` FOREIGN KEY (`activity_id`) REFERENCES `activities` (`id`) ON DELETE NO ACTION, CONSTRAINT `participations_actors_participations` FOREIGN KEY (`actor_id`) REFERENCES `actors` (`id`) ON DELETE NO ACTION);
-- Create index "participation_activity_id_role_actor_id" to table: "participations"
CREATE UNIQUE INDEX `participation_activity_id_role_actor_id` ON `participations` (`activity_id`, `role`, `actor_id`);
-- Create index "participation_actor_id_role_activity_id" to table: "participations"
CREATE INDEX `participation_actor_id_role_activity_id` ON `participations` (`actor_id`, `role`, `activity_id`);
-- Create "penalties" table
CREATE TABLE `penalties` (`id` integer NOT NULL, `theme` text NOT NULL, `kind` text NOT NULL, `years` integer NULL, `article` text NULL, `law_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `penalties_laws_penalties` FOREIGN KEY (`law_id`) REFERENCES `laws` (`id`) ON DELETE NO ACTION);
-- Create index "penalty_law_id_theme_kind" to table: "penalties"
CREATE UNIQUE INDEX `penalty_law_id_theme_kind` ON `penalties` (`law_id`, `theme`, `kind`);
-- Create "policies" table
CREATE TABLE `policies` (`id` integer NOT NULL, `key` text NOT NULL, `version` integer NOT NULL DEFAULT (1), `visibility` text NOT NULL DEFAULT ('RESTRICTED'), `smuggling` text NOT NULL DEFAULT ('NOT_TARGETED'), `trafficking` text NOT NULL DEFAULT ('NOT_TARGETED'), `topics` json NOT NULL, `verified_status` text NOT NULL DEFAULT ('UNVERIFIED'), `verified_by` text NULL, `verified_on` text NOT NULL DEFAULT (''), `verified_until` text NOT NULL DEFAULT (''), `provenance` text NULL, `confidence` text NOT NULL DEFAULT ('UNKNOWN'), `evidence` text NOT NULL DEFAULT ('UNKNOWN'), `checked_against_source` bool NULL, `note` text NULL, `sort_name` text NOT NULL DEFAULT (''), `withdrawn` bool NOT NULL DEFAULT (false), `withheld` json NOT NULL, `created_at` text NOT NULL, `updated_at` text NOT NULL, `created_by` text NOT NULL DEFAULT (''), `updated_by` text NOT NULL DEFAULT (''), `title` text NOT NULL, `number` text NULL, `period_from` text NOT NULL DEFAULT (''), `period_to` text NOT NULL DEFAULT (''), `status` text NOT NULL, `lead_authority` text NULL, `comprehensive_trafficking` text NOT NULL DEFAULT ('NOT_EXAMINED'), `comprehensive_smuggling` text NOT NULL DEFAULT ('NOT_EXAMINED'), `summary` text NULL, `lead_actor_id` integer NULL, `superseded_by_id` integer NULL, `state_id` integer NULL, PRIMARY KEY (`id`), CONSTRAINT `policies_actors_policies_led` FOREIGN KEY (`lead_actor_id`) REFERENCES `actors` (`id`) ON DELETE SET NULL, CONSTRAINT `policies_policies_supersedes` FOREIGN KEY (`superseded_by_id`) REFERENCES `policies` (`id`) ON DELETE SET NULL, CONSTRAINT `policies_states_policies` FOREIGN KEY (`state_id`) REFERENCES `states` (`id`) ON DELETE SET NULL);
-- Create index "policydocument_key" to table: "policies"
CREATE UNIQUE INDEX `policydocument_key` ON `policies` (`key`);
-- Create index "policydocument_sort_name" to table: "policies"
CREATE INDEX `policydocument_sort_name` ON `policies` (`sort_name`);
-- Create index "policydocument_state_id" to table: "policies"
CREATE INDEX `policydocument_state_id` ON `policies` (`state_id`);
-- Create "provisions" table
CREATE TABLE `provisions` (`id` integer NOT NULL, `theme` text NOT NULL, `element` text NOT NULL, `coverage` text NOT NULL DEFAULT ('NOT_EXAMINED'), `first_reading` bool NOT NULL DEFAULT (true), `article` text NULL, `law_id` integer NOT NULL, `source_id` integer NULL, PRIMARY KEY (`id`), CONSTRAINT `provisions_laws_provisions` FOREIGN KEY (`law_id`) REFERENCES `laws` (`id`) ON DELETE NO ACTION, CONSTRAINT `provisions_sources_source` FOREIGN KEY (`source_id`) REFERENCES `sources` (`id`) ON DELETE SET NULL);
-- Create index "provision_law_id_theme_element" to table: "provisions"
CREATE UNIQUE INDEX `provision_law_id_theme_element` ON `provisions` (`law_id`, `theme`, `element`);
-- Create "questionnaires" table
CREATE TABLE `questionnaires` (`id` integer NOT NULL, `key` text NOT NULL, `title` text NOT NULL, `kind` text NOT NULL, `sent_on` text NOT NULL DEFAULT (''), `note` text NULL, PRIMARY KEY (`id`));
-- Create index "questionnaire_key" to table: "questionnaires"
CREATE UNIQUE INDEX `questionnaire_key` ON `questionnaires` (`key`);
-- Create "rates" table
CREATE TABLE `rates` (`id` integer NOT NULL, `currency` text NOT NULL, `year` integer NOT NULL, `per_usd` text NOT NULL, `source` text NOT NULL, PRIMARY KEY (`id`));
-- Create index "rate_currency_year" to table: "rates"
CREATE UNIQUE INDEX `rate_currency_year` ON `rates` (`currency`, `year`);
-- Create "records" table
CREATE TABLE `records` (`id` integer NOT NULL, `kind` text NOT NULL, `key` text NOT NULL, `title` text NOT NULL, `names` text NOT NULL DEFAULT (''), `body` text NOT NULL DEFAULT (''), `key_tokens` text NOT NULL DEFAULT (''), `title_tokens` text NOT NULL DEFAULT (''), `names_tokens` text NOT NULL DEFAULT (''), `body_tokens` text NOT NULL DEFAULT (''), PRIMARY KEY (`id`));
-- Create index "record_kind_key" to table: "records"
CREATE UNIQUE INDEX `record_kind_key` ON `records` (`kind`, `key`);
-- Create "relations" table
CREATE TABLE `relations` (`id` integer NOT NULL, `position` integer NOT NULL DEFAULT (0), `record_id` integer NOT NULL, `related_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `relations_records_relations` FOREIGN KEY (`record_id`) REFERENCES `records` (`id`) ON DELETE NO ACTION, CONSTRAINT `relations_records_related_from` FOREIGN KEY (`related_id`) REFERENCES `records` (`id`) ON DELETE NO ACTION);
-- Create index "relation_record_id_related_id" to table: "relations"
CREATE UNIQUE INDEX `relation_record_id_related_id` ON `relations` (`record_id`, `related_id`);
-- Create index "relation_related_id" to table: "relations"
CREATE INDEX `relation_related_id` ON `relations` (`related_id`);
-- Create "responses" table
CREATE TABLE `responses` (`id` integer NOT NULL, `status` text NOT NULL DEFAULT ('NOT_ASKED'), `asked_on` text NOT NULL DEFAULT (''), `received_on` text NOT NULL DEFAULT (''), `note` text NULL, `withheld` json NOT NULL, `actor_id` integer NULL, `chapter_id` integer NULL, `questionnaire_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `responses_actors_responses` FOREIGN KEY (`actor_id`) REFERENCES `actors` (`id`) ON DELETE SET NULL, CONSTRAINT `responses_chapters_responses` FOREIGN KEY (`chapter_id`) REFERENCES `chapters` (`id`) ON DELETE SET NULL, CONSTRAINT `responses_questionnaires_responses` FOREIGN KEY (`questionnaire_id`) REFERENCES `questionnaires` (`id`) ON DELETE NO ACTION);
-- Create index "response_questionnaire_id" to table: "responses"
CREATE INDEX `response_questionnaire_id` ON `responses` (`questionnaire_id`);
-- Create index "response_chapter_id" to table: "responses"
CREATE INDEX `response_chapter_id` ON `responses` (`chapter_id`);
-- Create index "response_actor_id" to table: "responses"
CREATE INDEX `response_actor_id` ON `responses` (`actor_id`);
-- Create "review_cycles" table
CREATE TABLE `review_cycles` (`id` integer NOT NULL, `year` integer NOT NULL, `status` text NOT NULL DEFAULT ('AWAITING_NOMINATION'), `addressee` text NULL, `reference` text NULL, `opened_on` text NOT NULL, `nomination_due_on` text NOT NULL, `review_due_on` text NOT NULL, `completed_on` text NOT NULL DEFAULT (''), `published_on` text NOT NULL DEFAULT (''), `next_review_due_on` text NOT NULL DEFAULT (''), `chapter_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `review_cycles_chapters_cycles` FOREIGN KEY (`chapter_id`) REFERENCES `chapters` (`id`) ON DELETE NO ACTION);
-- Create index "reviewcycle_chapter_id_opened_on" to table: "review_cycles"
CREATE UNIQUE INDEX `reviewcycle_chapter_id_opened_on` ON `review_cycles` (`chapter_id`, `opened_on`);
-- Create "seed_entries" table
CREATE TABLE `seed_entries` (`id` integer NOT NULL, `digest` text NOT NULL, `version` integer NOT NULL, PRIMARY KEY (`id`));
-- Create "sources" table
CREATE TABLE `sources` (`id` integer NOT NULL, `position` integer NOT NULL DEFAULT (0), `kind` text NOT NULL DEFAULT ('DESK_RESEARCH'), `title` text NOT NULL, `publisher` text NULL, `url` text NULL, `accessed_on` text NOT NULL DEFAULT (''), `copy_read` text NULL, `note` text NULL, `record_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `sources_records_sources` FOREIGN KEY (`record_id`) REFERENCES `records` (`id`) ON DELETE NO ACTION);
-- Create index "source_record_id_position" to table: "sources"
CREATE INDEX `source_record_id_position` ON `sources` (`record_id`, `position`);
-- Create "states" table
CREATE TABLE `states` (`id` integer NOT NULL, `key` text NOT NULL, `version` integer NOT NULL DEFAULT (1), `visibility` text NOT NULL DEFAULT ('RESTRICTED'), `smuggling` text NOT NULL DEFAULT ('NOT_TARGETED'), `trafficking` text NOT NULL DEFAULT ('NOT_TARGETED'), `topics` json NOT NULL, `verified_status` text NOT NULL DEFAULT ('UNVERIFIED'), `verified_by` text NULL, `verified_on` text NOT NULL DEFAULT (''), `verified_until` text NOT NULL DEFAULT (''), `provenance` text NULL, `confidence` text NOT NULL DEFAULT ('UNKNOWN'), `evidence` text NOT NULL DEFAULT ('UNKNOWN'), `checked_against_source` bool NULL, `note` text NULL, `sort_name` text NOT NULL DEFAULT (''), `withdrawn` bool NOT NULL DEFAULT (false), `withheld` json NOT NULL, `created_at` text NOT NULL, `updated_at` text NOT NULL, `created_by` text NOT NULL DEFAULT (''), `updated_by` text NOT NULL DEFAULT (''), `code` text NOT NULL, `alpha2` text NOT NULL, `m49` text NOT NULL, `name` text NOT NULL, `official_name` text NULL, `subregion` text NULL, `capital` text NULL, PRIMARY KEY (`id`));
-- Create index "state_key" to table: "states"
CREATE UNIQUE INDEX `state_key` ON `states` (`key`);
-- Create index "state_sort_name" to table: "states"
CREATE INDEX `state_sort_name` ON `states` (`sort_name`);
-- Create index "state_code" to table: "states"
CREATE UNIQUE INDEX `state_code` ON `states` (`code`);
-- Create "treaty_actions" table
CREATE TABLE `treaty_actions` (`id` integer NOT NULL, `treaty` text NOT NULL, `party` bool NOT NULL, `signed_on` text NOT NULL DEFAULT (''), `bound_on` text NOT NULL DEFAULT (''), `mode` text NOT NULL DEFAULT ('UNKNOWN'), `reservations` text NULL, `confidence` text NOT NULL DEFAULT ('UNKNOWN'), `note` text NULL, `state_id` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `treaty_actions_states_treaty_actions` FOREIGN KEY (`state_id`) REFERENCES `states` (`id`) ON DELETE NO ACTION);
-- Create index "treatyaction_state_id_treaty" to table: "treaty_actions"
CREATE UNIQUE INDEX `treatyaction_state_id_treaty` ON `treaty_actions` (`state_id`, `treaty`);
-- Create "activity_fundings" table
CREATE TABLE `activity_fundings` (`activity_id` integer NOT NULL, `funding_id` integer NOT NULL, PRIMARY KEY (`activity_id`, `funding_id`), CONSTRAINT `activity_fundings_activity_id` FOREIGN KEY (`activity_id`) REFERENCES `activities` (`id`) ON DELETE CASCADE, CONSTRAINT `activity_fundings_funding_id` FOREIGN KEY (`funding_id`) REFERENCES `fundings` (`id`) ON DELETE CASCADE);
-- Create "activity_overlaps" table
CREATE TABLE `activity_overlaps` (`activity_id` integer NOT NULL, `overlap_id` integer NOT NULL, PRIMARY KEY (`activity_id`, `overlap_id`), CONSTRAINT `activity_overlaps_activity_id` FOREIGN KEY (`activity_id`) REFERENCES `activities` (`id`) ON DELETE CASCADE, CONSTRAINT `activity_overlaps_overlap_id` FOREIGN KEY (`overlap_id`) REFERENCES `overlaps` (`id`) ON DELETE CASCADE);
-- Create "chapter_actors" table
CREATE TABLE `chapter_actors` (`chapter_id` integer NOT NULL, `actor_id` integer NOT NULL, PRIMARY KEY (`chapter_id`, `actor_id`), CONSTRAINT `chapter_actors_chapter_id` FOREIGN KEY (`chapter_id`) REFERENCES `chapters` (`id`) ON DELETE CASCADE, CONSTRAINT `chapter_actors_actor_id` FOREIGN KEY (`actor_id`) REFERENCES `actors` (`id`) ON DELETE CASCADE);
-- Create "chapter_laws" table
CREATE TABLE `chapter_laws` (`chapter_id` integer NOT NULL, `law_id` integer NOT NULL, PRIMARY KEY (`chapter_id`, `law_id`), CONSTRAINT `chapter_laws_chapter_id` FOREIGN KEY (`chapter_id`) REFERENCES `chapters` (`id`) ON DELETE CASCADE, CONSTRAINT `chapter_laws_law_id` FOREIGN KEY (`law_id`) REFERENCES `laws` (`id`) ON DELETE CASCADE);
-- Create "chapter_policies" table
CREATE TABLE `chapter_policies` (`chapter_id` integer NOT NULL, `policy_document_id` integer NOT NULL, PRIMARY KEY (`chapter_id`, `policy_document_id`), CONSTRAINT `chapter_policies_chapter_id` FOREIGN KEY (`chapter_id`) REFERENCES `chapters` (`id`) ON DELETE CASCADE, CONSTRAINT `chapter_policies_policy_document_id` FOREIGN KEY (`policy_document_id`) REFERENCES `policies` (`id`) ON DELETE CASCADE);
-- Create "chapter_mechanisms" table
CREATE TABLE `chapter_mechanisms` (`chapter_id` integer NOT NULL, `coordination_mechanism_id` integer NOT NULL, PRIMARY KEY (`chapter_id`, `coordination_mechanism_id`), CONSTRAINT `chapter_mechanisms_chapter_id` FOREIGN KEY (`chapter_id`) REFERENCES `chapters` (`id`) ON DELETE CASCADE, CONSTRAINT `chapter_mechanisms_coordination_mechanism_id` FOREIGN KEY (`coordination_mechanism_id`) REFERENCES `coordination_mechanisms` (`id`) ON DELETE CASCADE);
-- Create "chapter_activities" table
CREATE TABLE `chapter_activities` (`chapter_id` integer NOT NULL, `activity_id` integer NOT NULL, PRIMARY KEY (`chapter_id`, `activity_id`), CONSTRAINT `chapter_activities_chapter_id` FOREIGN KEY (`chapter_id`) REFERENCES `chapters` (`id`) ON DELETE CASCADE, CONSTRAINT `chapter_activities_activity_id` FOREIGN KEY (`activity_id`) REFERENCES `activities` (`id`) ON DELETE CASCADE);
