-- Create index "activity_updated_at" to table: "activities"
CREATE INDEX "activity_updated_at" ON "activities" ("updated_at");
-- Modify "overlaps" table
ALTER TABLE "overlaps" ADD COLUMN "pair_key" character varying NULL COLLATE "C", ADD COLUMN "rank" bigint NOT NULL DEFAULT 0, ADD COLUMN "found_at" character varying NOT NULL DEFAULT '' COLLATE "C", ADD COLUMN "version" bigint NOT NULL DEFAULT 1, ADD COLUMN "relation" character varying NULL COLLATE "C", ADD COLUMN "decided_by" character varying NULL COLLATE "C", ADD COLUMN "decided_at" character varying NOT NULL DEFAULT '' COLLATE "C", ADD COLUMN "person" bigint NOT NULL DEFAULT 0, ADD COLUMN "own_interest" boolean NOT NULL DEFAULT false, ADD COLUMN "assigned_to" bigint NOT NULL DEFAULT 0, ADD COLUMN "assignee" character varying NULL COLLATE "C", ADD COLUMN "compared" character varying NOT NULL DEFAULT '' COLLATE "C", ADD COLUMN "changed" boolean NOT NULL DEFAULT false, ADD COLUMN "steps" jsonb NOT NULL DEFAULT '[]', ADD COLUMN "merge" jsonb NULL;
-- Create index "overlaps_pair_key_key" to table: "overlaps"
CREATE UNIQUE INDEX "overlaps_pair_key_key" ON "overlaps" ("pair_key");
-- Create index "overlap_decision_rank" to table: "overlaps"
CREATE INDEX "overlap_decision_rank" ON "overlaps" ("decision", "rank");
-- Create index "overlap_assigned_to" to table: "overlaps"
CREATE INDEX "overlap_assigned_to" ON "overlaps" ("assigned_to");
-- The default was for the rows that stood
ALTER TABLE "overlaps" ALTER COLUMN "steps" DROP DEFAULT;
