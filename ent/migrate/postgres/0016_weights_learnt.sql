-- Modify "overlaps" table
ALTER TABLE "overlaps" ADD COLUMN "seen" jsonb NULL, ADD COLUMN "lesson" jsonb NULL;
-- Create "overlap_weights" table
CREATE TABLE "overlap_weights" ("id" bigint NOT NULL, "version" character varying NOT NULL COLLATE "C", "learnt_at" character varying NOT NULL COLLATE "C", "decisions" bigint NOT NULL, "loss_before" character varying NOT NULL COLLATE "C", "loss_after" character varying NOT NULL COLLATE "C", "used" boolean NOT NULL, "weights" text NOT NULL COLLATE "C", "words" jsonb NOT NULL, PRIMARY KEY ("id"));
-- Create index "overlap_weights_version_key" to table: "overlap_weights"
CREATE UNIQUE INDEX "overlap_weights_version_key" ON "overlap_weights" ("version");
