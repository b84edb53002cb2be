-- Create "concept_dismissals" table
CREATE TABLE "concept_dismissals" ("id" bigint NOT NULL, "code" character varying NOT NULL COLLATE "C", "text_hash" character varying NOT NULL COLLATE "C", "reason" text NOT NULL COLLATE "C", "by" character varying NOT NULL COLLATE "C", "person" bigint NOT NULL, "at" character varying NOT NULL COLLATE "C", "undone_reason" text NULL COLLATE "C", "undone_by" character varying NULL COLLATE "C", "undone_at" character varying NOT NULL DEFAULT '' COLLATE "C", "record_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "concept_dismissals_records_concept_dismissals" FOREIGN KEY ("record_id") REFERENCES "records" ("id") ON DELETE NO ACTION);
-- Create index "conceptdismissal_record_id_code" to table: "concept_dismissals"
CREATE INDEX "conceptdismissal_record_id_code" ON "concept_dismissals" ("record_id", "code");
-- Modify "needs" table
ALTER TABLE "needs" ADD COLUMN "gap_kind" character varying NULL COLLATE "C", ADD COLUMN "met_by_id" bigint NULL, ADD CONSTRAINT "needs_activities_met_by" FOREIGN KEY ("met_by_id") REFERENCES "activities" ("id") ON DELETE SET NULL;
-- Create index "need_met_by_id" to table: "needs"
CREATE INDEX "need_met_by_id" ON "needs" ("met_by_id");
-- Create "need_offers" table
CREATE TABLE "need_offers" ("id" bigint NOT NULL, "version" bigint NOT NULL DEFAULT 1, "visibility" character varying NOT NULL DEFAULT 'RESTRICTED' COLLATE "C", "statement" text NOT NULL COLLATE "C", "by" character varying NOT NULL COLLATE "C", "person" bigint NOT NULL, "at" character varying NOT NULL COLLATE "C", "status" character varying NOT NULL DEFAULT 'MADE' COLLATE "C", "reason" text NULL COLLATE "C", "decided_by" character varying NULL COLLATE "C", "decided_at" character varying NOT NULL DEFAULT '' COLLATE "C", "own_interest" boolean NOT NULL DEFAULT false, "steps" jsonb NOT NULL, "need_id" bigint NOT NULL, "organisation_id" bigint NOT NULL, "activity_id" bigint NULL, PRIMARY KEY ("id"), CONSTRAINT "need_offers_needs_offers" FOREIGN KEY ("need_id") REFERENCES "needs" ("id") ON DELETE NO ACTION, CONSTRAINT "need_offers_actors_organisation" FOREIGN KEY ("organisation_id") REFERENCES "actors" ("id") ON DELETE NO ACTION, CONSTRAINT "need_offers_activities_activity" FOREIGN KEY ("activity_id") REFERENCES "activities" ("id") ON DELETE SET NULL);
-- Create index "needoffer_need_id_status" to table: "need_offers"
CREATE INDEX "needoffer_need_id_status" ON "need_offers" ("need_id", "status");
-- Create index "needoffer_organisation_id" to table: "need_offers"
CREATE INDEX "needoffer_organisation_id" ON "need_offers" ("organisation_id");
-- Create index "needoffer_activity_id" to table: "need_offers"
CREATE INDEX "needoffer_activity_id" ON "need_offers" ("activity_id");
