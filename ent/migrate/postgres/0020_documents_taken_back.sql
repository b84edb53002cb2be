-- Create index "actor_updated_at" to table: "actors"
CREATE INDEX "actor_updated_at" ON "actors" ("updated_at");
-- Modify "imports" table
ALTER TABLE "imports" ADD COLUMN "undone_person" bigint NOT NULL DEFAULT 0;
-- Modify "sources" table
ALTER TABLE "sources" ADD COLUMN "taken_back" boolean NOT NULL DEFAULT false;
