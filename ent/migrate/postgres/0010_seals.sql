-- Create "seals" table
CREATE TABLE "seals" ("id" bigint NOT NULL, "purpose" character varying NOT NULL COLLATE "C", "secret" character varying NOT NULL COLLATE "C", "created_at" character varying NOT NULL COLLATE "C", PRIMARY KEY ("id"));
-- Create index "seal_purpose" to table: "seals"
CREATE UNIQUE INDEX "seal_purpose" ON "seals" ("purpose");
