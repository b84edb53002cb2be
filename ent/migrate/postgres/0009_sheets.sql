-- Create "sheet_merges" table
CREATE TABLE "sheet_merges" ("id" bigint NOT NULL, "at" character varying NOT NULL COLLATE "C", "by" character varying NOT NULL COLLATE "C", "person" bigint NOT NULL DEFAULT 0, "agencies" jsonb NOT NULL, "letter" text NULL COLLATE "C", "undone_at" character varying NOT NULL DEFAULT '' COLLATE "C", "rows" jsonb NOT NULL, "cycle_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "sheet_merges_review_cycles_sheet_merges" FOREIGN KEY ("cycle_id") REFERENCES "review_cycles" ("id") ON DELETE NO ACTION);
-- Create index "sheetmerge_cycle_id_at" to table: "sheet_merges"
CREATE INDEX "sheetmerge_cycle_id_at" ON "sheet_merges" ("cycle_id", "at");
