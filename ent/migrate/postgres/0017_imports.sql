-- Modify "sources" table
ALTER TABLE "sources" ADD COLUMN "licence" text NULL COLLATE "C";
-- Create "imports" table
CREATE TABLE "imports" ("id" bigint NOT NULL, "file" text NOT NULL COLLATE "C", "digest" character varying NOT NULL COLLATE "C", "bytes" bigint NOT NULL, "format" character varying NOT NULL COLLATE "C", "publisher" text NOT NULL COLLATE "C", "licence" text NULL COLLATE "C", "rules" text NOT NULL COLLATE "C", "status" character varying NOT NULL DEFAULT 'APPLIED' COLLATE "C", "at" character varying NOT NULL COLLATE "C", "by" character varying NOT NULL COLLATE "C", "person" bigint NOT NULL DEFAULT 0, "counts" jsonb NOT NULL, "problems" jsonb NOT NULL, "not_held" jsonb NOT NULL, "undone_at" character varying NOT NULL DEFAULT '' COLLATE "C", "undone_by" character varying NOT NULL DEFAULT '' COLLATE "C", "stayed" jsonb NOT NULL, PRIMARY KEY ("id"));
-- Create index "intake_at" to table: "imports"
CREATE INDEX "intake_at" ON "imports" ("at");
-- Create "import_entries" table
CREATE TABLE "import_entries" ("id" bigint NOT NULL, "identifier" character varying NOT NULL COLLATE "C", "publisher" character varying NOT NULL COLLATE "C", "rank" bigint NOT NULL, "outcome" character varying NOT NULL COLLATE "C", "digest" character varying NOT NULL COLLATE "C", "version" bigint NOT NULL, "current" boolean NOT NULL, "previous" bigint NOT NULL DEFAULT 0, "draft" text NOT NULL COLLATE "C", "changes" jsonb NOT NULL, "intake_id" bigint NOT NULL, "record_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "import_entries_imports_entries" FOREIGN KEY ("intake_id") REFERENCES "imports" ("id") ON DELETE NO ACTION, CONSTRAINT "import_entries_records_intake_entries" FOREIGN KEY ("record_id") REFERENCES "records" ("id") ON DELETE NO ACTION);
-- Create index "intakeentry_identifier_current" to table: "import_entries"
CREATE INDEX "intakeentry_identifier_current" ON "import_entries" ("identifier", "current");
-- Create index "intakeentry_intake_id_id" to table: "import_entries"
CREATE INDEX "intakeentry_intake_id_id" ON "import_entries" ("intake_id", "id");
-- Create index "intakeentry_record_id" to table: "import_entries"
CREATE INDEX "intakeentry_record_id" ON "import_entries" ("record_id");
