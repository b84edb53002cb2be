-- Create "feeds" table
CREATE TABLE "feeds" ("id" bigint NOT NULL, "person" bigint NOT NULL, "secret_hash" character varying NOT NULL COLLATE "C", "created_at" character varying NOT NULL COLLATE "C", "revoked_at" character varying NOT NULL DEFAULT '' COLLATE "C", PRIMARY KEY ("id"));
-- Create index "feed_secret_hash" to table: "feeds"
CREATE UNIQUE INDEX "feed_secret_hash" ON "feeds" ("secret_hash");
-- Create index "feed_person" to table: "feeds"
CREATE INDEX "feed_person" ON "feeds" ("person");
-- Create "inclusion_rules" table
CREATE TABLE "inclusion_rules" ("id" bigint NOT NULL, "theme" character varying NOT NULL COLLATE "C", "begins" character varying NOT NULL DEFAULT '' COLLATE "C", "note" text NOT NULL COLLATE "C", PRIMARY KEY ("id"));
-- Create index "inclusionrule_theme" to table: "inclusion_rules"
CREATE UNIQUE INDEX "inclusionrule_theme" ON "inclusion_rules" ("theme");
-- Create "mails" table
CREATE TABLE "mails" ("id" bigint NOT NULL, "key" character varying NOT NULL COLLATE "C", "person" bigint NOT NULL, "grant_id" bigint NOT NULL DEFAULT 0, "cycle_id" bigint NOT NULL DEFAULT 0, "subject" text NOT NULL COLLATE "C", "body" text NOT NULL COLLATE "C", "created_at" character varying NOT NULL COLLATE "C", "status" character varying NOT NULL DEFAULT 'WAITING' COLLATE "C", "attempts" bigint NOT NULL DEFAULT 0, "next_at" character varying NOT NULL COLLATE "C", "sent_at" character varying NOT NULL DEFAULT '' COLLATE "C", "trouble" text NULL COLLATE "C", PRIMARY KEY ("id"));
-- Create index "mail_key" to table: "mails"
CREATE UNIQUE INDEX "mail_key" ON "mails" ("key");
-- Create index "mail_status_next_at" to table: "mails"
CREATE INDEX "mail_status_next_at" ON "mails" ("status", "next_at");
-- Create index "mail_person" to table: "mails"
CREATE INDEX "mail_person" ON "mails" ("person");
-- Create "completeness_notes" table
CREATE TABLE "completeness_notes" ("id" bigint NOT NULL, "theme" character varying NOT NULL COLLATE "C", "note" text NOT NULL COLLATE "C", "by" character varying NOT NULL COLLATE "C", "at" character varying NOT NULL COLLATE "C", "chapter_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "completeness_notes_chapters_completeness" FOREIGN KEY ("chapter_id") REFERENCES "chapters" ("id") ON DELETE NO ACTION);
-- Create index "completeness_chapter_id_theme" to table: "completeness_notes"
CREATE UNIQUE INDEX "completeness_chapter_id_theme" ON "completeness_notes" ("chapter_id", "theme");
-- Create "record_verifications" table
CREATE TABLE "record_verifications" ("id" bigint NOT NULL, "cycle_id" bigint NOT NULL, "record_version" bigint NOT NULL, "status" character varying NOT NULL COLLATE "C", "by" character varying NOT NULL COLLATE "C", "verified_on" character varying NOT NULL COLLATE "C", "verified_until" character varying NOT NULL COLLATE "C", "record_id" bigint NOT NULL, "chapter_id" bigint NULL, "actor_id" bigint NULL, PRIMARY KEY ("id"), CONSTRAINT "record_verifications_records_verifications" FOREIGN KEY ("record_id") REFERENCES "records" ("id") ON DELETE NO ACTION, CONSTRAINT "record_verifications_chapters_chapter" FOREIGN KEY ("chapter_id") REFERENCES "chapters" ("id") ON DELETE SET NULL, CONSTRAINT "record_verifications_actors_actor" FOREIGN KEY ("actor_id") REFERENCES "actors" ("id") ON DELETE SET NULL);
-- Create index "recordverification_record_id_verified_on" to table: "record_verifications"
CREATE INDEX "recordverification_record_id_verified_on" ON "record_verifications" ("record_id", "verified_on");
-- Create index "recordverification_cycle_id_record_id" to table: "record_verifications"
CREATE UNIQUE INDEX "recordverification_cycle_id_record_id" ON "record_verifications" ("cycle_id", "record_id");
-- Modify "review_cycles" table
ALTER TABLE "review_cycles" DROP CONSTRAINT "review_cycles_chapters_cycles", ALTER COLUMN "nomination_due_on" SET DEFAULT '', ALTER COLUMN "chapter_id" DROP NOT NULL, ADD COLUMN "purpose" character varying NOT NULL DEFAULT 'CHAPTER' COLLATE "C", ADD COLUMN "resumes" character varying NOT NULL DEFAULT '' COLLATE "C", ADD COLUMN "remark" text NULL COLLATE "C", ADD COLUMN "base_edition" bigint NOT NULL DEFAULT 0, ADD COLUMN "base_at" character varying NOT NULL DEFAULT '' COLLATE "C", ADD COLUMN "statement" text NULL COLLATE "C", ADD COLUMN "signatory" character varying NULL COLLATE "C", ADD COLUMN "position" character varying NULL COLLATE "C", ADD COLUMN "verifier" character varying NULL COLLATE "C", ADD COLUMN "completed_by" bigint NOT NULL DEFAULT 0, ADD COLUMN "edition" bigint NOT NULL DEFAULT 0, ADD COLUMN "actor_id" bigint NULL, ADD CONSTRAINT "review_cycles_chapters_cycles" FOREIGN KEY ("chapter_id") REFERENCES "chapters" ("id") ON DELETE SET NULL, ADD CONSTRAINT "review_cycles_actors_cycles" FOREIGN KEY ("actor_id") REFERENCES "actors" ("id") ON DELETE SET NULL;
-- Create index "reviewcycle_actor_id_purpose_opened_on" to table: "review_cycles"
CREATE UNIQUE INDEX "reviewcycle_actor_id_purpose_opened_on" ON "review_cycles" ("actor_id", "purpose", "opened_on");
-- Create "review_items" table
CREATE TABLE "review_items" ("id" bigint NOT NULL, "kind" character varying NOT NULL COLLATE "C", "position" bigint NOT NULL, "own" boolean NOT NULL, "ended" boolean NOT NULL DEFAULT false, "version" bigint NOT NULL DEFAULT 1, "record_version" bigint NOT NULL, "status" character varying NOT NULL DEFAULT 'PENDING' COLLATE "C", "later" boolean NOT NULL DEFAULT false, "hold" boolean NOT NULL DEFAULT false, "bulk" boolean NOT NULL DEFAULT false, "reason" text NULL COLLATE "C", "active_here" boolean NULL, "authority" text NULL COLLATE "C", "by" character varying NULL COLLATE "C", "person" bigint NOT NULL DEFAULT 0, "at" character varying NOT NULL DEFAULT '' COLLATE "C", "letter" text NULL COLLATE "C", "proposal" character varying NOT NULL DEFAULT 'NONE' COLLATE "C", "input" jsonb NULL, "difference" jsonb NOT NULL, "record_id" bigint NULL, "cycle_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "review_items_records_items" FOREIGN KEY ("record_id") REFERENCES "records" ("id") ON DELETE SET NULL, CONSTRAINT "review_items_review_cycles_items" FOREIGN KEY ("cycle_id") REFERENCES "review_cycles" ("id") ON DELETE NO ACTION);
-- Create index "reviewitem_cycle_id_record_id" to table: "review_items"
CREATE UNIQUE INDEX "reviewitem_cycle_id_record_id" ON "review_items" ("cycle_id", "record_id");
-- Create index "reviewitem_cycle_id_position" to table: "review_items"
CREATE INDEX "reviewitem_cycle_id_position" ON "review_items" ("cycle_id", "position");
-- Create index "reviewitem_record_id" to table: "review_items"
CREATE INDEX "reviewitem_record_id" ON "review_items" ("record_id");
-- Create "review_steps" table
CREATE TABLE "review_steps" ("id" bigint NOT NULL, "event" character varying NOT NULL COLLATE "C", "at" character varying NOT NULL COLLATE "C", "by" character varying NOT NULL COLLATE "C", "person" bigint NOT NULL DEFAULT 0, "reason" text NULL COLLATE "C", "was" character varying NOT NULL DEFAULT '' COLLATE "C", "until" character varying NOT NULL DEFAULT '' COLLATE "C", "cycle_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "review_steps_review_cycles_steps" FOREIGN KEY ("cycle_id") REFERENCES "review_cycles" ("id") ON DELETE NO ACTION);
-- Create index "reviewstep_cycle_id_at" to table: "review_steps"
CREATE INDEX "reviewstep_cycle_id_at" ON "review_steps" ("cycle_id", "at");
