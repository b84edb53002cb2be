-- Create index "historyentry_at" to table: "history_entries"
CREATE INDEX "historyentry_at" ON "history_entries" ("at");
-- Create "releases" table
CREATE TABLE "releases" ("id" bigint NOT NULL, "summary" text NOT NULL COLLATE "C", "note" text NULL COLLATE "C", "proposed_by" character varying NOT NULL COLLATE "C", "proposer" bigint NOT NULL, "proposed_at" character varying NOT NULL COLLATE "C", "seen" bigint NOT NULL, "status" character varying NOT NULL DEFAULT 'PROPOSED' COLLATE "C", "decided_by" character varying NULL COLLATE "C", "decider" bigint NOT NULL DEFAULT 0, "decided_at" character varying NOT NULL DEFAULT '' COLLATE "C", "reason" text NULL COLLATE "C", "edition" bigint NOT NULL DEFAULT 0, PRIMARY KEY ("id"));
-- Create index "release_status" to table: "releases"
CREATE INDEX "release_status" ON "releases" ("status");
-- Create index "release_proposed_at" to table: "releases"
CREATE INDEX "release_proposed_at" ON "releases" ("proposed_at");
