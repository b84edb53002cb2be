-- Modify "imports" table
ALTER TABLE "imports" ADD COLUMN "kind" character varying NOT NULL DEFAULT 'IATI' COLLATE "C", ADD COLUMN "asked" jsonb NOT NULL DEFAULT '{}', ADD COLUMN "mapping" text NOT NULL DEFAULT '' COLLATE "C", ADD COLUMN "failure" text NOT NULL DEFAULT '' COLLATE "C", ADD COLUMN "foreseen" jsonb NOT NULL DEFAULT '[]', ADD COLUMN "worker" character varying NOT NULL DEFAULT '' COLLATE "C", ADD COLUMN "held_until" character varying NOT NULL DEFAULT '' COLLATE "C", ADD COLUMN "applied_at" character varying NOT NULL DEFAULT '' COLLATE "C";
-- What was imported before came and was applied at once
ALTER TABLE "imports" ALTER COLUMN "asked" DROP DEFAULT, ALTER COLUMN "foreseen" DROP DEFAULT;
UPDATE "imports" SET "applied_at" = "at";
-- Create index "intake_status_held_until" to table: "imports"
CREATE INDEX "intake_status_held_until" ON "imports" ("status", "held_until");
-- Create "import_mappings" table
CREATE TABLE "import_mappings" ("id" bigint NOT NULL, "fingerprint" character varying NOT NULL COLLATE "C", "mapping" text NOT NULL COLLATE "C", "at" character varying NOT NULL COLLATE "C", "by" character varying NOT NULL COLLATE "C", PRIMARY KEY ("id"));
-- Create index "import_mappings_fingerprint_key" to table: "import_mappings"
CREATE UNIQUE INDEX "import_mappings_fingerprint_key" ON "import_mappings" ("fingerprint");
-- Create "import_parts" table
CREATE TABLE "import_parts" ("id" bigint NOT NULL, "number" bigint NOT NULL, "data" bytea NOT NULL, "intake_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "import_parts_imports_parts" FOREIGN KEY ("intake_id") REFERENCES "imports" ("id") ON DELETE NO ACTION);
-- Create index "intakepart_intake_id_number" to table: "import_parts"
CREATE UNIQUE INDEX "intakepart_intake_id_number" ON "import_parts" ("intake_id", "number");
