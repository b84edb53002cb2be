-- Create "rates" table
CREATE TABLE "rates" ("id" bigint NOT NULL, "currency" character varying NOT NULL COLLATE "C", "year" bigint NOT NULL, "per_usd" character varying NOT NULL COLLATE "C", "source" text NOT NULL COLLATE "C", PRIMARY KEY ("id"));
-- Create index "rate_currency_year" to table: "rates"
CREATE UNIQUE INDEX "rate_currency_year" ON "rates" ("currency", "year");
-- Create "seed_entries" table
CREATE TABLE "seed_entries" ("id" bigint NOT NULL, "digest" character varying NOT NULL COLLATE "C", "version" bigint NOT NULL, PRIMARY KEY ("id"));
-- Create "activities" table
CREATE TABLE "activities" ("id" bigint NOT NULL, "key" character varying NOT NULL COLLATE "C", "version" bigint NOT NULL DEFAULT 1, "visibility" character varying NOT NULL DEFAULT 'RESTRICTED' COLLATE "C", "smuggling" character varying NOT NULL DEFAULT 'NOT_TARGETED' COLLATE "C", "trafficking" character varying NOT NULL DEFAULT 'NOT_TARGETED' COLLATE "C", "topics" jsonb NOT NULL, "verified_status" character varying NOT NULL DEFAULT 'UNVERIFIED' COLLATE "C", "verified_by" character varying NULL COLLATE "C", "verified_on" character varying NOT NULL DEFAULT '' COLLATE "C", "verified_until" character varying NOT NULL DEFAULT '' COLLATE "C", "provenance" character varying NULL COLLATE "C", "confidence" character varying NOT NULL DEFAULT 'UNKNOWN' COLLATE "C", "evidence" character varying NOT NULL DEFAULT 'UNKNOWN' COLLATE "C", "checked_against_source" boolean NULL, "note" text NULL COLLATE "C", "sort_name" character varying NOT NULL DEFAULT '' COLLATE "C", "withdrawn" boolean NOT NULL DEFAULT false, "withheld" jsonb NOT NULL, "created_at" character varying NOT NULL COLLATE "C", "updated_at" character varying NOT NULL COLLATE "C", "created_by" character varying NOT NULL DEFAULT '' COLLATE "C", "updated_by" character varying NOT NULL DEFAULT '' COLLATE "C", "title" text NOT NULL COLLATE "C", "acronym" character varying NULL COLLATE "C", "summary" text NULL COLLATE "C", "assistance_types" jsonb NOT NULL, "target_audiences" jsonb NOT NULL, "delivery_modes" jsonb NOT NULL, "status" character varying NOT NULL DEFAULT 'UNKNOWN' COLLATE "C", "regional" boolean NOT NULL DEFAULT false, "places" jsonb NOT NULL, "start_on" character varying NOT NULL DEFAULT '' COLLATE "C", "end_on" character varying NOT NULL DEFAULT '' COLLATE "C", "planned_start_on" character varying NOT NULL DEFAULT '' COLLATE "C", "planned_end_on" character varying NOT NULL DEFAULT '' COLLATE "C", "actual_start_on" character varying NOT NULL DEFAULT '' COLLATE "C", "actual_end_on" character varying NOT NULL DEFAULT '' COLLATE "C", "purpose_codes" jsonb NOT NULL, "results" text NULL COLLATE "C", "fields_inferred" boolean NULL, "part_of_id" bigint NULL, "follows_id" bigint NULL, PRIMARY KEY ("id"), CONSTRAINT "activities_activities_parts" FOREIGN KEY ("part_of_id") REFERENCES "activities" ("id") ON DELETE SET NULL, CONSTRAINT "activities_activities_followed_by" FOREIGN KEY ("follows_id") REFERENCES "activities" ("id") ON DELETE SET NULL);
-- Create index "activity_key" to table: "activities"
CREATE UNIQUE INDEX "activity_key" ON "activities" ("key");
-- Create index "activity_sort_name" to table: "activities"
CREATE INDEX "activity_sort_name" ON "activities" ("sort_name");
-- Create index "activity_start_on_id" to table: "activities"
CREATE INDEX "activity_start_on_id" ON "activities" ("start_on", "id");
-- Create index "activity_end_on" to table: "activities"
CREATE INDEX "activity_end_on" ON "activities" ("end_on");
-- Create index "activity_part_of_id" to table: "activities"
CREATE INDEX "activity_part_of_id" ON "activities" ("part_of_id");
-- Create index "activity_follows_id" to table: "activities"
CREATE INDEX "activity_follows_id" ON "activities" ("follows_id");
-- Create "editions" table
CREATE TABLE "editions" ("id" bigint NOT NULL, "number" bigint NOT NULL, "status" character varying NOT NULL DEFAULT 'BUILDING' COLLATE "C", "date" character varying NOT NULL COLLATE "C", "released_at" character varying NOT NULL COLLATE "C", "summary" text NOT NULL DEFAULT '' COLLATE "C", "withdrawn_reason" text NULL COLLATE "C", "withdrawn_on" character varying NOT NULL DEFAULT '' COLLATE "C", PRIMARY KEY ("id"));
-- Create index "edition_number" to table: "editions"
CREATE UNIQUE INDEX "edition_number" ON "editions" ("number");
-- Create "states" table
CREATE TABLE "states" ("id" bigint NOT NULL, "key" character varying NOT NULL COLLATE "C", "version" bigint NOT NULL DEFAULT 1, "visibility" character varying NOT NULL DEFAULT 'RESTRICTED' COLLATE "C", "smuggling" character varying NOT NULL DEFAULT 'NOT_TARGETED' COLLATE "C", "trafficking" character varying NOT NULL DEFAULT 'NOT_TARGETED' COLLATE "C", "topics" jsonb NOT NULL, "verified_status" character varying NOT NULL DEFAULT 'UNVERIFIED' COLLATE "C", "verified_by" character varying NULL COLLATE "C", "verified_on" character varying NOT NULL DEFAULT '' COLLATE "C", "verified_until" character varying NOT NULL DEFAULT '' COLLATE "C", "provenance" character varying NULL COLLATE "C", "confidence" character varying NOT NULL DEFAULT 'UNKNOWN' COLLATE "C", "evidence" character varying NOT NULL DEFAULT 'UNKNOWN' COLLATE "C", "checked_against_source" boolean NULL, "note" text NULL COLLATE "C", "sort_name" character varying NOT NULL DEFAULT '' COLLATE "C", "withdrawn" boolean NOT NULL DEFAULT false, "withheld" jsonb NOT NULL, "created_at" character varying NOT NULL COLLATE "C", "updated_at" character varying NOT NULL COLLATE "C", "created_by" character varying NOT NULL DEFAULT '' COLLATE "C", "updated_by" character varying NOT NULL DEFAULT '' COLLATE "C", "code" character varying NOT NULL COLLATE "C", "alpha2" character varying NOT NULL COLLATE "C", "m49" character varying NOT NULL COLLATE "C", "name" character varying NOT NULL COLLATE "C", "official_name" character varying NULL COLLATE "C", "subregion" character varying NULL COLLATE "C", "capital" character varying NULL COLLATE "C", PRIMARY KEY ("id"));
-- Create index "state_key" to table: "states"
CREATE UNIQUE INDEX "state_key" ON "states" ("key");
-- Create index "state_sort_name" to table: "states"
CREATE INDEX "state_sort_name" ON "states" ("sort_name");
-- Create index "state_code" to table: "states"
CREATE UNIQUE INDEX "state_code" ON "states" ("code");
-- Create "actors" table
CREATE TABLE "actors" ("id" bigint NOT NULL, "key" character varying NOT NULL COLLATE "C", "version" bigint NOT NULL DEFAULT 1, "visibility" character varying NOT NULL DEFAULT 'RESTRICTED' COLLATE "C", "smuggling" character varying NOT NULL DEFAULT 'NOT_TARGETED' COLLATE "C", "trafficking" character varying NOT NULL DEFAULT 'NOT_TARGETED' COLLATE "C", "topics" jsonb NOT NULL, "verified_status" character varying NOT NULL DEFAULT 'UNVERIFIED' COLLATE "C", "verified_by" character varying NULL COLLATE "C", "verified_on" character varying NOT NULL DEFAULT '' COLLATE "C", "verified_until" character varying NOT NULL DEFAULT '' COLLATE "C", "provenance" character varying NULL COLLATE "C", "confidence" character varying NOT NULL DEFAULT 'UNKNOWN' COLLATE "C", "evidence" character varying NOT NULL DEFAULT 'UNKNOWN' COLLATE "C", "checked_against_source" boolean NULL, "note" text NULL COLLATE "C", "sort_name" character varying NOT NULL DEFAULT '' COLLATE "C", "withdrawn" boolean NOT NULL DEFAULT false, "withheld" jsonb NOT NULL, "created_at" character varying NOT NULL COLLATE "C", "updated_at" character varying NOT NULL COLLATE "C", "created_by" character varying NOT NULL DEFAULT '' COLLATE "C", "updated_by" character varying NOT NULL DEFAULT '' COLLATE "C", "name" character varying NOT NULL COLLATE "C", "acronym" character varying NULL COLLATE "C", "kind" character varying NOT NULL COLLATE "C", "stated_roles" jsonb NOT NULL, "seat" character varying NULL COLLATE "C", "mandate" text NULL COLLATE "C", "website" text NULL COLLATE "C", "safety" boolean NOT NULL DEFAULT false, "organisation_identifier" character varying NULL COLLATE "C", "organisation_type" character varying NULL COLLATE "C", "parent_id" bigint NULL, "successor_id" bigint NULL, "state_id" bigint NULL, "government_id" bigint NULL, PRIMARY KEY ("id"), CONSTRAINT "actors_actors_children" FOREIGN KEY ("parent_id") REFERENCES "actors" ("id") ON DELETE SET NULL, CONSTRAINT "actors_actors_predecessors" FOREIGN KEY ("successor_id") REFERENCES "actors" ("id") ON DELETE SET NULL, CONSTRAINT "actors_states_actors" FOREIGN KEY ("state_id") REFERENCES "states" ("id") ON DELETE SET NULL, CONSTRAINT "actors_states_government_agencies" FOREIGN KEY ("government_id") REFERENCES "states" ("id") ON DELETE SET NULL);
-- Create index "actor_key" to table: "actors"
CREATE UNIQUE INDEX "actor_key" ON "actors" ("key");
-- Create index "actor_sort_name" to table: "actors"
CREATE INDEX "actor_sort_name" ON "actors" ("sort_name");
-- Create index "actor_state_id" to table: "actors"
CREATE INDEX "actor_state_id" ON "actors" ("state_id");
-- Create index "actor_government_id" to table: "actors"
CREATE INDEX "actor_government_id" ON "actors" ("government_id");
-- Create index "actor_parent_id" to table: "actors"
CREATE INDEX "actor_parent_id" ON "actors" ("parent_id");
-- Create "fundings" table
CREATE TABLE "fundings" ("id" bigint NOT NULL, "visibility" character varying NOT NULL DEFAULT 'RESTRICTED' COLLATE "C", "position" bigint NOT NULL DEFAULT 0, "kind" character varying NULL COLLATE "C", "amount" bigint NULL, "currency" character varying NULL COLLATE "C", "value_on" character varying NOT NULL DEFAULT '' COLLATE "C", "reported_by" character varying NOT NULL DEFAULT 'UNKNOWN' COLLATE "C", "provider_inferred" boolean NOT NULL DEFAULT false, "amount_checked" boolean NULL, "note" text NULL COLLATE "C", "withheld" jsonb NOT NULL, "provider_id" bigint NULL, "receiver_id" bigint NULL, "upstream_id" bigint NULL, PRIMARY KEY ("id"), CONSTRAINT "fundings_actors_provided" FOREIGN KEY ("provider_id") REFERENCES "actors" ("id") ON DELETE SET NULL, CONSTRAINT "fundings_actors_received" FOREIGN KEY ("receiver_id") REFERENCES "actors" ("id") ON DELETE SET NULL, CONSTRAINT "fundings_fundings_downstream" FOREIGN KEY ("upstream_id") REFERENCES "fundings" ("id") ON DELETE SET NULL);
-- Create index "funding_provider_id" to table: "fundings"
CREATE INDEX "funding_provider_id" ON "fundings" ("provider_id");
-- Create index "funding_receiver_id" to table: "fundings"
CREATE INDEX "funding_receiver_id" ON "fundings" ("receiver_id");
-- Create index "funding_upstream_id" to table: "fundings"
CREATE INDEX "funding_upstream_id" ON "fundings" ("upstream_id");
-- Create index "funding_value_on_id" to table: "fundings"
CREATE INDEX "funding_value_on_id" ON "fundings" ("value_on", "id");
-- Create "activity_fundings" table
CREATE TABLE "activity_fundings" ("activity_id" bigint NOT NULL, "funding_id" bigint NOT NULL, PRIMARY KEY ("activity_id", "funding_id"), CONSTRAINT "activity_fundings_activity_id" FOREIGN KEY ("activity_id") REFERENCES "activities" ("id") ON DELETE CASCADE, CONSTRAINT "activity_fundings_funding_id" FOREIGN KEY ("funding_id") REFERENCES "fundings" ("id") ON DELETE CASCADE);
-- Create "overlaps" table
CREATE TABLE "overlaps" ("id" bigint NOT NULL, "kind" character varying NOT NULL COLLATE "C", "score" character varying NOT NULL COLLATE "C", "decision" character varying NOT NULL DEFAULT 'OPEN' COLLATE "C", "reason" text NULL COLLATE "C", PRIMARY KEY ("id"));
-- Create "activity_overlaps" table
CREATE TABLE "activity_overlaps" ("activity_id" bigint NOT NULL, "overlap_id" bigint NOT NULL, PRIMARY KEY ("activity_id", "overlap_id"), CONSTRAINT "activity_overlaps_activity_id" FOREIGN KEY ("activity_id") REFERENCES "activities" ("id") ON DELETE CASCADE, CONSTRAINT "activity_overlaps_overlap_id" FOREIGN KEY ("overlap_id") REFERENCES "overlaps" ("id") ON DELETE CASCADE);
-- Create "activity_states" table
CREATE TABLE "activity_states" ("id" bigint NOT NULL, "position" bigint NOT NULL DEFAULT 0, "percentage" character varying NOT NULL DEFAULT '' COLLATE "C", "activity_id" bigint NOT NULL, "state_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "activity_states_activities_activity_states" FOREIGN KEY ("activity_id") REFERENCES "activities" ("id") ON DELETE NO ACTION, CONSTRAINT "activity_states_states_activity_states" FOREIGN KEY ("state_id") REFERENCES "states" ("id") ON DELETE NO ACTION);
-- Create index "activitystate_activity_id_state_id" to table: "activity_states"
CREATE UNIQUE INDEX "activitystate_activity_id_state_id" ON "activity_states" ("activity_id", "state_id");
-- Create index "activitystate_state_id_activity_id" to table: "activity_states"
CREATE INDEX "activitystate_state_id_activity_id" ON "activity_states" ("state_id", "activity_id");
-- Create "allocations" table
CREATE TABLE "allocations" ("id" bigint NOT NULL, "theme" character varying NULL COLLATE "C", "percentage" character varying NOT NULL COLLATE "C", "funding_id" bigint NOT NULL, "state_id" bigint NULL, PRIMARY KEY ("id"), CONSTRAINT "allocations_fundings_allocations" FOREIGN KEY ("funding_id") REFERENCES "fundings" ("id") ON DELETE NO ACTION, CONSTRAINT "allocations_states_allocations" FOREIGN KEY ("state_id") REFERENCES "states" ("id") ON DELETE SET NULL);
-- Create index "allocation_funding_id" to table: "allocations"
CREATE INDEX "allocation_funding_id" ON "allocations" ("funding_id");
-- Create "laws" table
CREATE TABLE "laws" ("id" bigint NOT NULL, "key" character varying NOT NULL COLLATE "C", "version" bigint NOT NULL DEFAULT 1, "visibility" character varying NOT NULL DEFAULT 'RESTRICTED' COLLATE "C", "smuggling" character varying NOT NULL DEFAULT 'NOT_TARGETED' COLLATE "C", "trafficking" character varying NOT NULL DEFAULT 'NOT_TARGETED' COLLATE "C", "topics" jsonb NOT NULL, "verified_status" character varying NOT NULL DEFAULT 'UNVERIFIED' COLLATE "C", "verified_by" character varying NULL COLLATE "C", "verified_on" character varying NOT NULL DEFAULT '' COLLATE "C", "verified_until" character varying NOT NULL DEFAULT '' COLLATE "C", "provenance" character varying NULL COLLATE "C", "confidence" character varying NOT NULL DEFAULT 'UNKNOWN' COLLATE "C", "evidence" character varying NOT NULL DEFAULT 'UNKNOWN' COLLATE "C", "checked_against_source" boolean NULL, "note" text NULL COLLATE "C", "sort_name" character varying NOT NULL DEFAULT '' COLLATE "C", "withdrawn" boolean NOT NULL DEFAULT false, "withheld" jsonb NOT NULL, "created_at" character varying NOT NULL COLLATE "C", "updated_at" character varying NOT NULL COLLATE "C", "created_by" character varying NOT NULL DEFAULT '' COLLATE "C", "updated_by" character varying NOT NULL DEFAULT '' COLLATE "C", "title" text NOT NULL COLLATE "C", "title_local" text NULL COLLATE "C", "number" character varying NULL COLLATE "C", "year" character varying NOT NULL DEFAULT '' COLLATE "C", "adopted_on" character varying NOT NULL DEFAULT '' COLLATE "C", "in_force_on" character varying NOT NULL DEFAULT '' COLLATE "C", "status" character varying NOT NULL COLLATE "C", "criminalises_trafficking" character varying NOT NULL DEFAULT 'NOT_EXAMINED' COLLATE "C", "criminalises_smuggling" character varying NOT NULL DEFAULT 'NOT_EXAMINED' COLLATE "C", "penalty_note" text NULL COLLATE "C", "key_articles" jsonb NOT NULL, "summary" text NULL COLLATE "C", "replaced_by_id" bigint NULL, "state_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "laws_laws_replaces" FOREIGN KEY ("replaced_by_id") REFERENCES "laws" ("id") ON DELETE SET NULL, CONSTRAINT "laws_states_laws" FOREIGN KEY ("state_id") REFERENCES "states" ("id") ON DELETE NO ACTION);
-- Create index "law_key" to table: "laws"
CREATE UNIQUE INDEX "law_key" ON "laws" ("key");
-- Create index "law_sort_name" to table: "laws"
CREATE INDEX "law_sort_name" ON "laws" ("sort_name");
-- Create index "law_state_id" to table: "laws"
CREATE INDEX "law_state_id" ON "laws" ("state_id");
-- Create "amendments" table
CREATE TABLE "amendments" ("id" bigint NOT NULL, "position" bigint NOT NULL DEFAULT 0, "title" text NOT NULL COLLATE "C", "number" character varying NULL COLLATE "C", "year" character varying NOT NULL DEFAULT '' COLLATE "C", "law_id" bigint NOT NULL, "amending_law_id" bigint NULL, PRIMARY KEY ("id"), CONSTRAINT "amendments_laws_amendments" FOREIGN KEY ("law_id") REFERENCES "laws" ("id") ON DELETE NO ACTION, CONSTRAINT "amendments_laws_amends" FOREIGN KEY ("amending_law_id") REFERENCES "laws" ("id") ON DELETE SET NULL);
-- Create index "amendment_law_id_position" to table: "amendments"
CREATE INDEX "amendment_law_id_position" ON "amendments" ("law_id", "position");
-- Create "chapters" table
CREATE TABLE "chapters" ("id" bigint NOT NULL, "code" character varying NOT NULL COLLATE "C", "title" character varying NOT NULL COLLATE "C", "time_zone" character varying NOT NULL COLLATE "C", "status" character varying NOT NULL DEFAULT 'NOT_OPENED' COLLATE "C", "readings_released" boolean NOT NULL DEFAULT false, "verified_status" character varying NOT NULL DEFAULT 'UNVERIFIED' COLLATE "C", "verified_by" character varying NULL COLLATE "C", "verified_on" character varying NOT NULL DEFAULT '' COLLATE "C", "verified_until" character varying NOT NULL DEFAULT '' COLLATE "C", "state_id" bigint NULL, PRIMARY KEY ("id"), CONSTRAINT "chapters_states_chapter" FOREIGN KEY ("state_id") REFERENCES "states" ("id") ON DELETE SET NULL);
-- Create index "chapters_state_id_key" to table: "chapters"
CREATE UNIQUE INDEX "chapters_state_id_key" ON "chapters" ("state_id");
-- Create index "chapter_code" to table: "chapters"
CREATE UNIQUE INDEX "chapter_code" ON "chapters" ("code");
-- Create "chapter_activities" table
CREATE TABLE "chapter_activities" ("chapter_id" bigint NOT NULL, "activity_id" bigint NOT NULL, PRIMARY KEY ("chapter_id", "activity_id"), CONSTRAINT "chapter_activities_chapter_id" FOREIGN KEY ("chapter_id") REFERENCES "chapters" ("id") ON DELETE CASCADE, CONSTRAINT "chapter_activities_activity_id" FOREIGN KEY ("activity_id") REFERENCES "activities" ("id") ON DELETE CASCADE);
-- Create "chapter_actors" table
CREATE TABLE "chapter_actors" ("chapter_id" bigint NOT NULL, "actor_id" bigint NOT NULL, PRIMARY KEY ("chapter_id", "actor_id"), CONSTRAINT "chapter_actors_chapter_id" FOREIGN KEY ("chapter_id") REFERENCES "chapters" ("id") ON DELETE CASCADE, CONSTRAINT "chapter_actors_actor_id" FOREIGN KEY ("actor_id") REFERENCES "actors" ("id") ON DELETE CASCADE);
-- Create "chapter_laws" table
CREATE TABLE "chapter_laws" ("chapter_id" bigint NOT NULL, "law_id" bigint NOT NULL, PRIMARY KEY ("chapter_id", "law_id"), CONSTRAINT "chapter_laws_chapter_id" FOREIGN KEY ("chapter_id") REFERENCES "chapters" ("id") ON DELETE CASCADE, CONSTRAINT "chapter_laws_law_id" FOREIGN KEY ("law_id") REFERENCES "laws" ("id") ON DELETE CASCADE);
-- Create "coordination_mechanisms" table
CREATE TABLE "coordination_mechanisms" ("id" bigint NOT NULL, "key" character varying NOT NULL COLLATE "C", "version" bigint NOT NULL DEFAULT 1, "visibility" character varying NOT NULL DEFAULT 'RESTRICTED' COLLATE "C", "smuggling" character varying NOT NULL DEFAULT 'NOT_TARGETED' COLLATE "C", "trafficking" character varying NOT NULL DEFAULT 'NOT_TARGETED' COLLATE "C", "topics" jsonb NOT NULL, "verified_status" character varying NOT NULL DEFAULT 'UNVERIFIED' COLLATE "C", "verified_by" character varying NULL COLLATE "C", "verified_on" character varying NOT NULL DEFAULT '' COLLATE "C", "verified_until" character varying NOT NULL DEFAULT '' COLLATE "C", "provenance" character varying NULL COLLATE "C", "confidence" character varying NOT NULL DEFAULT 'UNKNOWN' COLLATE "C", "evidence" character varying NOT NULL DEFAULT 'UNKNOWN' COLLATE "C", "checked_against_source" boolean NULL, "note" text NULL COLLATE "C", "sort_name" character varying NOT NULL DEFAULT '' COLLATE "C", "withdrawn" boolean NOT NULL DEFAULT false, "withheld" jsonb NOT NULL, "created_at" character varying NOT NULL COLLATE "C", "updated_at" character varying NOT NULL COLLATE "C", "created_by" character varying NOT NULL DEFAULT '' COLLATE "C", "updated_by" character varying NOT NULL DEFAULT '' COLLATE "C", "name" text NOT NULL COLLATE "C", "acronym" character varying NULL COLLATE "C", "level" character varying NOT NULL COLLATE "C", "form" character varying NOT NULL COLLATE "C", "status" character varying NOT NULL COLLATE "C", "subject" text NULL COLLATE "C", "mandate" text NULL COLLATE "C", "founded_on" character varying NOT NULL DEFAULT '' COLLATE "C", "secretariat" text NULL COLLATE "C", "legal_basis" text NULL COLLATE "C", "secretariat_actor_id" bigint NULL, "superseded_by_id" bigint NULL, "state_id" bigint NULL, PRIMARY KEY ("id"), CONSTRAINT "coordination_mechanisms_actors_mechanisms_served" FOREIGN KEY ("secretariat_actor_id") REFERENCES "actors" ("id") ON DELETE SET NULL, CONSTRAINT "coordination_mechanisms_coordination_mechanisms_supersedes" FOREIGN KEY ("superseded_by_id") REFERENCES "coordination_mechanisms" ("id") ON DELETE SET NULL, CONSTRAINT "coordination_mechanisms_states_mechanisms" FOREIGN KEY ("state_id") REFERENCES "states" ("id") ON DELETE SET NULL);
-- Create index "coordinationmechanism_key" to table: "coordination_mechanisms"
CREATE UNIQUE INDEX "coordinationmechanism_key" ON "coordination_mechanisms" ("key");
-- Create index "coordinationmechanism_sort_name" to table: "coordination_mechanisms"
CREATE INDEX "coordinationmechanism_sort_name" ON "coordination_mechanisms" ("sort_name");
-- Create index "coordinationmechanism_state_id" to table: "coordination_mechanisms"
CREATE INDEX "coordinationmechanism_state_id" ON "coordination_mechanisms" ("state_id");
-- Create "chapter_mechanisms" table
CREATE TABLE "chapter_mechanisms" ("chapter_id" bigint NOT NULL, "coordination_mechanism_id" bigint NOT NULL, PRIMARY KEY ("chapter_id", "coordination_mechanism_id"), CONSTRAINT "chapter_mechanisms_chapter_id" FOREIGN KEY ("chapter_id") REFERENCES "chapters" ("id") ON DELETE CASCADE, CONSTRAINT "chapter_mechanisms_coordination_mechanism_id" FOREIGN KEY ("coordination_mechanism_id") REFERENCES "coordination_mechanisms" ("id") ON DELETE CASCADE);
-- Create "policies" table
CREATE TABLE "policies" ("id" bigint NOT NULL, "key" character varying NOT NULL COLLATE "C", "version" bigint NOT NULL DEFAULT 1, "visibility" character varying NOT NULL DEFAULT 'RESTRICTED' COLLATE "C", "smuggling" character varying NOT NULL DEFAULT 'NOT_TARGETED' COLLATE "C", "trafficking" character varying NOT NULL DEFAULT 'NOT_TARGETED' COLLATE "C", "topics" jsonb NOT NULL, "verified_status" character varying NOT NULL DEFAULT 'UNVERIFIED' COLLATE "C", "verified_by" character varying NULL COLLATE "C", "verified_on" character varying NOT NULL DEFAULT '' COLLATE "C", "verified_until" character varying NOT NULL DEFAULT '' COLLATE "C", "provenance" character varying NULL COLLATE "C", "confidence" character varying NOT NULL DEFAULT 'UNKNOWN' COLLATE "C", "evidence" character varying NOT NULL DEFAULT 'UNKNOWN' COLLATE "C", "checked_against_source" boolean NULL, "note" text NULL COLLATE "C", "sort_name" character varying NOT NULL DEFAULT '' COLLATE "C", "withdrawn" boolean NOT NULL DEFAULT false, "withheld" jsonb NOT NULL, "created_at" character varying NOT NULL COLLATE "C", "updated_at" character varying NOT NULL COLLATE "C", "created_by" character varying NOT NULL DEFAULT '' COLLATE "C", "updated_by" character varying NOT NULL DEFAULT '' COLLATE "C", "title" text NOT NULL COLLATE "C", "number" character varying NULL COLLATE "C", "period_from" character varying NOT NULL DEFAULT '' COLLATE "C", "period_to" character varying NOT NULL DEFAULT '' COLLATE "C", "status" character varying NOT NULL COLLATE "C", "lead_authority" text NULL COLLATE "C", "comprehensive_trafficking" character varying NOT NULL DEFAULT 'NOT_EXAMINED' COLLATE "C", "comprehensive_smuggling" character varying NOT NULL DEFAULT 'NOT_EXAMINED' COLLATE "C", "summary" text NULL COLLATE "C", "lead_actor_id" bigint NULL, "superseded_by_id" bigint NULL, "state_id" bigint NULL, PRIMARY KEY ("id"), CONSTRAINT "policies_actors_policies_led" FOREIGN KEY ("lead_actor_id") REFERENCES "actors" ("id") ON DELETE SET NULL, CONSTRAINT "policies_policies_supersedes" FOREIGN KEY ("superseded_by_id") REFERENCES "policies" ("id") ON DELETE SET NULL, CONSTRAINT "policies_states_policies" FOREIGN KEY ("state_id") REFERENCES "states" ("id") ON DELETE SET NULL);
-- Create index "policydocument_key" to table: "policies"
CREATE UNIQUE INDEX "policydocument_key" ON "policies" ("key");
-- Create index "policydocument_sort_name" to table: "policies"
CREATE INDEX "policydocument_sort_name" ON "policies" ("sort_name");
-- Create index "policydocument_state_id" to table: "policies"
CREATE INDEX "policydocument_state_id" ON "policies" ("state_id");
-- Create "chapter_policies" table
CREATE TABLE "chapter_policies" ("chapter_id" bigint NOT NULL, "policy_document_id" bigint NOT NULL, PRIMARY KEY ("chapter_id", "policy_document_id"), CONSTRAINT "chapter_policies_chapter_id" FOREIGN KEY ("chapter_id") REFERENCES "chapters" ("id") ON DELETE CASCADE, CONSTRAINT "chapter_policies_policy_document_id" FOREIGN KEY ("policy_document_id") REFERENCES "policies" ("id") ON DELETE CASCADE);
-- Create "contacts" table
CREATE TABLE "contacts" ("id" bigint NOT NULL, "visibility" character varying NOT NULL DEFAULT 'MEMBERS' COLLATE "C", "kind" character varying NOT NULL COLLATE "C", "unit" character varying NULL COLLATE "C", "value" text NOT NULL COLLATE "C", "actor_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "contacts_actors_contacts" FOREIGN KEY ("actor_id") REFERENCES "actors" ("id") ON DELETE NO ACTION);
-- Create index "contact_actor_id" to table: "contacts"
CREATE INDEX "contact_actor_id" ON "contacts" ("actor_id");
-- Create "external_identifiers" table
CREATE TABLE "external_identifiers" ("id" bigint NOT NULL, "position" bigint NOT NULL DEFAULT 0, "value" character varying NOT NULL COLLATE "C", "activity_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "external_identifiers_activities_external_identifiers" FOREIGN KEY ("activity_id") REFERENCES "activities" ("id") ON DELETE NO ACTION);
-- Create index "externalidentifier_activity_id_value" to table: "external_identifiers"
CREATE UNIQUE INDEX "externalidentifier_activity_id_value" ON "external_identifiers" ("activity_id", "value");
-- Create index "externalidentifier_value" to table: "external_identifiers"
CREATE INDEX "externalidentifier_value" ON "external_identifiers" ("value");
-- Create "records" table
CREATE TABLE "records" ("id" bigint NOT NULL, "kind" character varying NOT NULL COLLATE "C", "key" character varying NOT NULL COLLATE "C", "title" character varying NOT NULL COLLATE "C", "names" text NOT NULL DEFAULT '' COLLATE "C", "body" text NOT NULL DEFAULT '' COLLATE "C", "key_tokens" text NOT NULL DEFAULT '' COLLATE "C", "title_tokens" text NOT NULL DEFAULT '' COLLATE "C", "names_tokens" text NOT NULL DEFAULT '' COLLATE "C", "body_tokens" text NOT NULL DEFAULT '' COLLATE "C", PRIMARY KEY ("id"));
-- Create index "record_kind_key" to table: "records"
CREATE UNIQUE INDEX "record_kind_key" ON "records" ("kind", "key");
-- Create "sources" table
CREATE TABLE "sources" ("id" bigint NOT NULL, "position" bigint NOT NULL DEFAULT 0, "kind" character varying NOT NULL DEFAULT 'DESK_RESEARCH' COLLATE "C", "title" text NOT NULL COLLATE "C", "publisher" character varying NULL COLLATE "C", "url" text NULL COLLATE "C", "accessed_on" character varying NOT NULL DEFAULT '' COLLATE "C", "copy_read" text NULL COLLATE "C", "note" text NULL COLLATE "C", "record_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "sources_records_sources" FOREIGN KEY ("record_id") REFERENCES "records" ("id") ON DELETE NO ACTION);
-- Create index "source_record_id_position" to table: "sources"
CREATE INDEX "source_record_id_position" ON "sources" ("record_id", "position");
-- Create "history_entries" table
CREATE TABLE "history_entries" ("id" bigint NOT NULL, "version" bigint NOT NULL, "visibility" character varying NOT NULL COLLATE "C", "at" character varying NOT NULL COLLATE "C", "by" character varying NOT NULL COLLATE "C", "action" character varying NOT NULL COLLATE "C", "reason" text NULL COLLATE "C", "changes" jsonb NOT NULL, "source_id" bigint NULL, "record_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "history_entries_sources_source" FOREIGN KEY ("source_id") REFERENCES "sources" ("id") ON DELETE SET NULL, CONSTRAINT "history_entries_records_history" FOREIGN KEY ("record_id") REFERENCES "records" ("id") ON DELETE NO ACTION);
-- Create index "historyentry_record_id_version" to table: "history_entries"
CREATE INDEX "historyentry_record_id_version" ON "history_entries" ("record_id", "version");
-- Create "lead_authorities" table
CREATE TABLE "lead_authorities" ("id" bigint NOT NULL, "theme" character varying NOT NULL COLLATE "C", "actor_id" bigint NOT NULL, "state_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "lead_authorities_actors_leads" FOREIGN KEY ("actor_id") REFERENCES "actors" ("id") ON DELETE NO ACTION, CONSTRAINT "lead_authorities_states_lead_authorities" FOREIGN KEY ("state_id") REFERENCES "states" ("id") ON DELETE NO ACTION);
-- Create index "leadauthority_state_id_theme_actor_id" to table: "lead_authorities"
CREATE UNIQUE INDEX "leadauthority_state_id_theme_actor_id" ON "lead_authorities" ("state_id", "theme", "actor_id");
-- Create index "leadauthority_actor_id" to table: "lead_authorities"
CREATE INDEX "leadauthority_actor_id" ON "lead_authorities" ("actor_id");
-- Create "mechanism_members" table
CREATE TABLE "mechanism_members" ("id" bigint NOT NULL, "position" bigint NOT NULL DEFAULT 0, "since" character varying NOT NULL DEFAULT '' COLLATE "C", "until" character varying NOT NULL DEFAULT '' COLLATE "C", "actor_id" bigint NULL, "mechanism_id" bigint NOT NULL, "state_id" bigint NULL, PRIMARY KEY ("id"), CONSTRAINT "mechanism_members_actors_mechanism_memberships" FOREIGN KEY ("actor_id") REFERENCES "actors" ("id") ON DELETE SET NULL, CONSTRAINT "mechanism_members_coordination_mechanisms_members" FOREIGN KEY ("mechanism_id") REFERENCES "coordination_mechanisms" ("id") ON DELETE NO ACTION, CONSTRAINT "mechanism_members_states_mechanism_memberships" FOREIGN KEY ("state_id") REFERENCES "states" ("id") ON DELETE SET NULL);
-- Create index "mechanismmember_mechanism_id_position" to table: "mechanism_members"
CREATE INDEX "mechanismmember_mechanism_id_position" ON "mechanism_members" ("mechanism_id", "position");
-- Create index "mechanismmember_state_id" to table: "mechanism_members"
CREATE INDEX "mechanismmember_state_id" ON "mechanism_members" ("state_id");
-- Create index "mechanismmember_actor_id" to table: "mechanism_members"
CREATE INDEX "mechanismmember_actor_id" ON "mechanism_members" ("actor_id");
-- Create "memberships" table
CREATE TABLE "memberships" ("id" bigint NOT NULL, "group" character varying NOT NULL COLLATE "C", "member" boolean NOT NULL DEFAULT true, "since" character varying NOT NULL DEFAULT '' COLLATE "C", "until" character varying NOT NULL DEFAULT '' COLLATE "C", "note" text NULL COLLATE "C", "confidence" character varying NOT NULL DEFAULT 'UNKNOWN' COLLATE "C", "evidence" character varying NOT NULL DEFAULT 'UNKNOWN' COLLATE "C", "state_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "memberships_states_memberships" FOREIGN KEY ("state_id") REFERENCES "states" ("id") ON DELETE NO ACTION);
-- Create index "membership_state_id_group_since" to table: "memberships"
CREATE UNIQUE INDEX "membership_state_id_group_since" ON "memberships" ("state_id", "group", "since");
-- Create index "membership_group_state_id" to table: "memberships"
CREATE INDEX "membership_group_state_id" ON "memberships" ("group", "state_id");
-- Create "needs" table
CREATE TABLE "needs" ("id" bigint NOT NULL, "visibility" character varying NOT NULL DEFAULT 'MEMBERS' COLLATE "C", "title" text NOT NULL COLLATE "C", "theme" character varying NULL COLLATE "C", "assistance_type" character varying NOT NULL COLLATE "C", "gap" text NULL COLLATE "C", "priority" character varying NOT NULL DEFAULT 'NOT_STATED' COLLATE "C", "status" character varying NOT NULL DEFAULT 'OPEN' COLLATE "C", "withheld" jsonb NOT NULL, "created_at" character varying NOT NULL COLLATE "C", "authority_id" bigint NULL, "state_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "needs_actors_needs" FOREIGN KEY ("authority_id") REFERENCES "actors" ("id") ON DELETE SET NULL, CONSTRAINT "needs_states_needs" FOREIGN KEY ("state_id") REFERENCES "states" ("id") ON DELETE NO ACTION);
-- Create index "need_state_id" to table: "needs"
CREATE INDEX "need_state_id" ON "needs" ("state_id");
-- Create index "need_authority_id" to table: "needs"
CREATE INDEX "need_authority_id" ON "needs" ("authority_id");
-- Create "other_names" table
CREATE TABLE "other_names" ("id" bigint NOT NULL, "name" character varying NOT NULL COLLATE "C", "kind" character varying NOT NULL DEFAULT 'OTHER' COLLATE "C", "language" character varying NULL COLLATE "C", "actor_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "other_names_actors_other_names" FOREIGN KEY ("actor_id") REFERENCES "actors" ("id") ON DELETE NO ACTION);
-- Create index "othername_actor_id_name" to table: "other_names"
CREATE UNIQUE INDEX "othername_actor_id_name" ON "other_names" ("actor_id", "name");
-- Create "participations" table
CREATE TABLE "participations" ("id" bigint NOT NULL, "role" character varying NOT NULL COLLATE "C", "position" bigint NOT NULL DEFAULT 0, "inferred" boolean NOT NULL DEFAULT false, "activity_id" bigint NOT NULL, "actor_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "participations_activities_participations" FOREIGN KEY ("activity_id") REFERENCES "activities" ("id") ON DELETE NO ACTION, CONSTRAINT "participations_actors_participations" FOREIGN KEY ("actor_id") REFERENCES "actors" ("id") ON DELETE NO ACTION);
-- Create index "participation_activity_id_role_actor_id" to table: "participations"
CREATE UNIQUE INDEX "participation_activity_id_role_actor_id" ON "participations" ("activity_id", "role", "actor_id");
-- Create index "participation_actor_id_role_activity_id" to table: "participations"
CREATE INDEX "participation_actor_id_role_activity_id" ON "participations" ("actor_id", "role", "activity_id");
-- Create "penalties" table
CREATE TABLE "penalties" ("id" bigint NOT NULL, "theme" character varying NOT NULL COLLATE "C", "kind" character varying NOT NULL COLLATE "C", "years" bigint NULL, "article" character varying NULL COLLATE "C", "law_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "penalties_laws_penalties" FOREIGN KEY ("law_id") REFERENCES "laws" ("id") ON DELETE NO ACTION);
-- Create index "penalty_law_id_theme_kind" to table: "penalties"
CREATE UNIQUE INDEX "penalty_law_id_theme_kind" ON "penalties" ("law_id", "theme", "kind");
-- Create "provisions" table
CREATE TABLE "provisions" ("id" bigint NOT NULL, "theme" character varying NOT NULL COLLATE "C", "element" character varying NOT NULL COLLATE "C", "coverage" character varying NOT NULL DEFAULT 'NOT_EXAMINED' COLLATE "C", "first_reading" boolean NOT NULL DEFAULT true, "article" character varying NULL COLLATE "C", "law_id" bigint NOT NULL, "source_id" bigint NULL, PRIMARY KEY ("id"), CONSTRAINT "provisions_laws_provisions" FOREIGN KEY ("law_id") REFERENCES "laws" ("id") ON DELETE NO ACTION, CONSTRAINT "provisions_sources_source" FOREIGN KEY ("source_id") REFERENCES "sources" ("id") ON DELETE SET NULL);
-- Create index "provision_law_id_theme_element" to table: "provisions"
CREATE UNIQUE INDEX "provision_law_id_theme_element" ON "provisions" ("law_id", "theme", "element");
-- Create "relations" table
CREATE TABLE "relations" ("id" bigint NOT NULL, "position" bigint NOT NULL DEFAULT 0, "record_id" bigint NOT NULL, "related_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "relations_records_relations" FOREIGN KEY ("record_id") REFERENCES "records" ("id") ON DELETE NO ACTION, CONSTRAINT "relations_records_related_from" FOREIGN KEY ("related_id") REFERENCES "records" ("id") ON DELETE NO ACTION);
-- Create index "relation_record_id_related_id" to table: "relations"
CREATE UNIQUE INDEX "relation_record_id_related_id" ON "relations" ("record_id", "related_id");
-- Create index "relation_related_id" to table: "relations"
CREATE INDEX "relation_related_id" ON "relations" ("related_id");
-- Create "questionnaires" table
CREATE TABLE "questionnaires" ("id" bigint NOT NULL, "key" character varying NOT NULL COLLATE "C", "title" text NOT NULL COLLATE "C", "kind" character varying NOT NULL COLLATE "C", "sent_on" character varying NOT NULL DEFAULT '' COLLATE "C", "note" text NULL COLLATE "C", PRIMARY KEY ("id"));
-- Create index "questionnaire_key" to table: "questionnaires"
CREATE UNIQUE INDEX "questionnaire_key" ON "questionnaires" ("key");
-- Create "responses" table
CREATE TABLE "responses" ("id" bigint NOT NULL, "status" character varying NOT NULL DEFAULT 'NOT_ASKED' COLLATE "C", "asked_on" character varying NOT NULL DEFAULT '' COLLATE "C", "received_on" character varying NOT NULL DEFAULT '' COLLATE "C", "note" text NULL COLLATE "C", "withheld" jsonb NOT NULL, "actor_id" bigint NULL, "chapter_id" bigint NULL, "questionnaire_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "responses_actors_responses" FOREIGN KEY ("actor_id") REFERENCES "actors" ("id") ON DELETE SET NULL, CONSTRAINT "responses_chapters_responses" FOREIGN KEY ("chapter_id") REFERENCES "chapters" ("id") ON DELETE SET NULL, CONSTRAINT "responses_questionnaires_responses" FOREIGN KEY ("questionnaire_id") REFERENCES "questionnaires" ("id") ON DELETE NO ACTION);
-- Create index "response_questionnaire_id" to table: "responses"
CREATE INDEX "response_questionnaire_id" ON "responses" ("questionnaire_id");
-- Create index "response_chapter_id" to table: "responses"
CREATE INDEX "response_chapter_id" ON "responses" ("chapter_id");
-- Create index "response_actor_id" to table: "responses"
CREATE INDEX "response_actor_id" ON "responses" ("actor_id");
-- Create "review_cycles" table
CREATE TABLE "review_cycles" ("id" bigint NOT NULL, "year" bigint NOT NULL, "status" character varying NOT NULL DEFAULT 'AWAITING_NOMINATION' COLLATE "C", "addressee" character varying NULL COLLATE "C", "reference" character varying NULL COLLATE "C", "opened_on" character varying NOT NULL COLLATE "C", "nomination_due_on" character varying NOT NULL COLLATE "C", "review_due_on" character varying NOT NULL COLLATE "C", "completed_on" character varying NOT NULL DEFAULT '' COLLATE "C", "published_on" character varying NOT NULL DEFAULT '' COLLATE "C", "next_review_due_on" character varying NOT NULL DEFAULT '' COLLATE "C", "chapter_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "review_cycles_chapters_cycles" FOREIGN KEY ("chapter_id") REFERENCES "chapters" ("id") ON DELETE NO ACTION);
-- Create index "reviewcycle_chapter_id_opened_on" to table: "review_cycles"
CREATE UNIQUE INDEX "reviewcycle_chapter_id_opened_on" ON "review_cycles" ("chapter_id", "opened_on");
-- Create "treaty_actions" table
CREATE TABLE "treaty_actions" ("id" bigint NOT NULL, "treaty" character varying NOT NULL COLLATE "C", "party" boolean NOT NULL, "signed_on" character varying NOT NULL DEFAULT '' COLLATE "C", "bound_on" character varying NOT NULL DEFAULT '' COLLATE "C", "mode" character varying NOT NULL DEFAULT 'UNKNOWN' COLLATE "C", "reservations" text NULL COLLATE "C", "confidence" character varying NOT NULL DEFAULT 'UNKNOWN' COLLATE "C", "note" text NULL COLLATE "C", "state_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "treaty_actions_states_treaty_actions" FOREIGN KEY ("state_id") REFERENCES "states" ("id") ON DELETE NO ACTION);
-- Create index "treatyaction_state_id_treaty" to table: "treaty_actions"
CREATE UNIQUE INDEX "treatyaction_state_id_treaty" ON "treaty_actions" ("state_id", "treaty");
