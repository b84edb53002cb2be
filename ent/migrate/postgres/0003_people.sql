-- Create "once_keys" table
CREATE TABLE "once_keys" ("id" bigint NOT NULL, "person" bigint NOT NULL, "key" character varying NOT NULL COLLATE "C", "request_hash" character varying NOT NULL COLLATE "C", "result" bigint NOT NULL, "at" character varying NOT NULL COLLATE "C", PRIMARY KEY ("id"));
-- Create index "oncekey_person_key" to table: "once_keys"
CREATE UNIQUE INDEX "oncekey_person_key" ON "once_keys" ("person", "key");
-- Create index "oncekey_at" to table: "once_keys"
CREATE INDEX "oncekey_at" ON "once_keys" ("at");
-- Modify "contacts" table
ALTER TABLE "contacts" ADD COLUMN "person" character varying NULL COLLATE "C", ADD COLUMN "consent" boolean NOT NULL DEFAULT false;
-- Modify "activities" table
ALTER TABLE "activities" ADD COLUMN "reporter_id" bigint NULL, ADD CONSTRAINT "activities_actors_reported" FOREIGN KEY ("reporter_id") REFERENCES "actors" ("id") ON DELETE SET NULL;
-- Create index "activity_reporter_id" to table: "activities"
CREATE INDEX "activity_reporter_id" ON "activities" ("reporter_id");
-- Create "disputes" table
CREATE TABLE "disputes" ("id" bigint NOT NULL, "record_version" bigint NOT NULL, "visibility" character varying NOT NULL COLLATE "C", "about" character varying NULL COLLATE "C", "stated" text NULL COLLATE "C", "statement" text NOT NULL COLLATE "C", "by" character varying NOT NULL COLLATE "C", "person" bigint NOT NULL, "at" character varying NOT NULL COLLATE "C", "status" character varying NOT NULL DEFAULT 'OPEN' COLLATE "C", "decision" text NULL COLLATE "C", "decided_by" character varying NULL COLLATE "C", "decided_at" character varying NOT NULL DEFAULT '' COLLATE "C", "own_interest" boolean NOT NULL DEFAULT false, "record_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "disputes_records_disputes" FOREIGN KEY ("record_id") REFERENCES "records" ("id") ON DELETE NO ACTION);
-- Create index "dispute_record_id_at" to table: "disputes"
CREATE INDEX "dispute_record_id_at" ON "disputes" ("record_id", "at");
-- Modify "fundings" table
ALTER TABLE "fundings" ADD COLUMN "reporter_id" bigint NULL, ADD CONSTRAINT "fundings_actors_fundings_reported" FOREIGN KEY ("reporter_id") REFERENCES "actors" ("id") ON DELETE SET NULL;
-- Create "people" table
CREATE TABLE "people" ("id" bigint NOT NULL, "email" character varying NOT NULL COLLATE "C", "name" character varying NULL COLLATE "C", "unit" character varying NULL COLLATE "C", "institution" character varying NULL COLLATE "C", "name_public" boolean NOT NULL DEFAULT false, "password_hash" character varying NOT NULL DEFAULT '' COLLATE "C", "totp_secret" character varying NOT NULL DEFAULT '' COLLATE "C", "totp_confirmed" boolean NOT NULL DEFAULT false, "totp_step" bigint NOT NULL DEFAULT 0, "failures" bigint NOT NULL DEFAULT 0, "locked_until" character varying NOT NULL DEFAULT '' COLLATE "C", "disabled" boolean NOT NULL DEFAULT false, "created_at" character varying NOT NULL COLLATE "C", "erased_at" character varying NOT NULL DEFAULT '' COLLATE "C", PRIMARY KEY ("id"));
-- Create index "person_email" to table: "people"
CREATE UNIQUE INDEX "person_email" ON "people" ("email");
-- Create "grants" table
CREATE TABLE "grants" ("id" bigint NOT NULL, "role" character varying NOT NULL COLLATE "C", "given_at" character varying NOT NULL COLLATE "C", "until" character varying NOT NULL DEFAULT '' COLLATE "C", "ended_at" character varying NOT NULL DEFAULT '' COLLATE "C", "ended_reason" text NULL COLLATE "C", "actor_id" bigint NULL, "chapter_id" bigint NULL, "delegated_by_id" bigint NULL, "person_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "grants_actors_actor" FOREIGN KEY ("actor_id") REFERENCES "actors" ("id") ON DELETE SET NULL, CONSTRAINT "grants_chapters_chapter" FOREIGN KEY ("chapter_id") REFERENCES "chapters" ("id") ON DELETE SET NULL, CONSTRAINT "grants_grants_delegations" FOREIGN KEY ("delegated_by_id") REFERENCES "grants" ("id") ON DELETE SET NULL, CONSTRAINT "grants_people_grants" FOREIGN KEY ("person_id") REFERENCES "people" ("id") ON DELETE NO ACTION);
-- Create index "grant_person_id" to table: "grants"
CREATE INDEX "grant_person_id" ON "grants" ("person_id");
-- Create index "grant_actor_id" to table: "grants"
CREATE INDEX "grant_actor_id" ON "grants" ("actor_id");
-- Create index "grant_chapter_id" to table: "grants"
CREATE INDEX "grant_chapter_id" ON "grants" ("chapter_id");
-- Create "invitations" table
CREATE TABLE "invitations" ("id" bigint NOT NULL, "kind" character varying NOT NULL COLLATE "C", "secret_hash" character varying NOT NULL COLLATE "C", "created_at" character varying NOT NULL COLLATE "C", "expires_at" character varying NOT NULL COLLATE "C", "used_at" character varying NOT NULL DEFAULT '' COLLATE "C", "person_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "invitations_people_invitations" FOREIGN KEY ("person_id") REFERENCES "people" ("id") ON DELETE NO ACTION);
-- Create index "invitation_secret_hash" to table: "invitations"
CREATE UNIQUE INDEX "invitation_secret_hash" ON "invitations" ("secret_hash");
-- Create index "invitation_person_id" to table: "invitations"
CREATE INDEX "invitation_person_id" ON "invitations" ("person_id");
-- Create "log_entries" table
CREATE TABLE "log_entries" ("id" bigint NOT NULL, "seq" bigint NOT NULL, "at" character varying NOT NULL COLLATE "C", "kind" character varying NOT NULL COLLATE "C", "person" bigint NOT NULL DEFAULT 0, "subject" bigint NOT NULL DEFAULT 0, "summary" text NOT NULL COLLATE "C", "detail_hash" character varying NOT NULL DEFAULT '' COLLATE "C", "previous" character varying NOT NULL COLLATE "C", "hash" character varying NOT NULL COLLATE "C", PRIMARY KEY ("id"));
-- Create index "logentry_seq" to table: "log_entries"
CREATE UNIQUE INDEX "logentry_seq" ON "log_entries" ("seq");
-- Create index "logentry_person" to table: "log_entries"
CREATE INDEX "logentry_person" ON "log_entries" ("person");
-- Create index "logentry_subject" to table: "log_entries"
CREATE INDEX "logentry_subject" ON "log_entries" ("subject");
-- Create "log_details" table
CREATE TABLE "log_details" ("id" bigint NOT NULL, "person" bigint NOT NULL DEFAULT 0, "salt" character varying NOT NULL COLLATE "C", "text" text NOT NULL COLLATE "C", "entry_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "log_details_log_entries_detail" FOREIGN KEY ("entry_id") REFERENCES "log_entries" ("id") ON DELETE NO ACTION);
-- Create index "log_details_entry_id_key" to table: "log_details"
CREATE UNIQUE INDEX "log_details_entry_id_key" ON "log_details" ("entry_id");
-- Create index "logdetail_person" to table: "log_details"
CREATE INDEX "logdetail_person" ON "log_details" ("person");
-- Create "logins" table
CREATE TABLE "logins" ("id" bigint NOT NULL, "issuer" character varying NOT NULL COLLATE "C", "subject" character varying NOT NULL COLLATE "C", "created_at" character varying NOT NULL COLLATE "C", "person_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "logins_people_logins" FOREIGN KEY ("person_id") REFERENCES "people" ("id") ON DELETE NO ACTION);
-- Create index "login_issuer_subject" to table: "logins"
CREATE UNIQUE INDEX "login_issuer_subject" ON "logins" ("issuer", "subject");
-- Create index "login_person_id" to table: "logins"
CREATE INDEX "login_person_id" ON "logins" ("person_id");
-- Create "old_keys" table
CREATE TABLE "old_keys" ("id" bigint NOT NULL, "kind" character varying NOT NULL COLLATE "C", "key" character varying NOT NULL COLLATE "C", "record_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "old_keys_records_old_keys" FOREIGN KEY ("record_id") REFERENCES "records" ("id") ON DELETE NO ACTION);
-- Create index "oldkey_kind_key" to table: "old_keys"
CREATE UNIQUE INDEX "oldkey_kind_key" ON "old_keys" ("kind", "key");
-- Create index "oldkey_record_id" to table: "old_keys"
CREATE INDEX "oldkey_record_id" ON "old_keys" ("record_id");
-- Create "passkeys" table
CREATE TABLE "passkeys" ("id" bigint NOT NULL, "handle" character varying NOT NULL COLLATE "C", "credential" text NOT NULL COLLATE "C", "name" character varying NOT NULL COLLATE "C", "created_at" character varying NOT NULL COLLATE "C", "used_at" character varying NOT NULL DEFAULT '' COLLATE "C", "person_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "passkeys_people_passkeys" FOREIGN KEY ("person_id") REFERENCES "people" ("id") ON DELETE NO ACTION);
-- Create index "passkey_handle" to table: "passkeys"
CREATE UNIQUE INDEX "passkey_handle" ON "passkeys" ("handle");
-- Create index "passkey_person_id" to table: "passkeys"
CREATE INDEX "passkey_person_id" ON "passkeys" ("person_id");
-- Create "sessions" table
CREATE TABLE "sessions" ("id" bigint NOT NULL, "token_hash" character varying NOT NULL COLLATE "C", "data" bytea NOT NULL, "client" character varying NOT NULL DEFAULT '' COLLATE "C", "created_at" character varying NOT NULL COLLATE "C", "seen_at" character varying NOT NULL DEFAULT '' COLLATE "C", "expires_at" character varying NOT NULL COLLATE "C", "person_id" bigint NULL, PRIMARY KEY ("id"), CONSTRAINT "sessions_people_sessions" FOREIGN KEY ("person_id") REFERENCES "people" ("id") ON DELETE SET NULL);
-- Create index "session_token_hash" to table: "sessions"
CREATE UNIQUE INDEX "session_token_hash" ON "sessions" ("token_hash");
-- Create index "session_person_id" to table: "sessions"
CREATE INDEX "session_person_id" ON "sessions" ("person_id");
-- Create index "session_expires_at" to table: "sessions"
CREATE INDEX "session_expires_at" ON "sessions" ("expires_at");
-- Create "shares" table
CREATE TABLE "shares" ("id" bigint NOT NULL, "role" character varying NULL COLLATE "C", "by" character varying NOT NULL COLLATE "C", "at" character varying NOT NULL COLLATE "C", "funding_id" bigint NULL, "record_id" bigint NULL, "actor_id" bigint NULL, PRIMARY KEY ("id"), CONSTRAINT "shares_fundings_shares" FOREIGN KEY ("funding_id") REFERENCES "fundings" ("id") ON DELETE SET NULL, CONSTRAINT "shares_records_shares" FOREIGN KEY ("record_id") REFERENCES "records" ("id") ON DELETE SET NULL, CONSTRAINT "shares_actors_actor" FOREIGN KEY ("actor_id") REFERENCES "actors" ("id") ON DELETE SET NULL);
-- Create index "share_record_id_actor_id" to table: "shares"
CREATE INDEX "share_record_id_actor_id" ON "shares" ("record_id", "actor_id");
-- Create index "share_funding_id_actor_id" to table: "shares"
CREATE INDEX "share_funding_id_actor_id" ON "shares" ("funding_id", "actor_id");
-- Create "tokens" table
CREATE TABLE "tokens" ("id" bigint NOT NULL, "name" character varying NOT NULL COLLATE "C", "secret_hash" character varying NOT NULL COLLATE "C", "scopes" jsonb NOT NULL, "created_at" character varying NOT NULL COLLATE "C", "expires_at" character varying NOT NULL COLLATE "C", "used_at" character varying NOT NULL DEFAULT '' COLLATE "C", "revoked_at" character varying NOT NULL DEFAULT '' COLLATE "C", "person_id" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "tokens_people_tokens" FOREIGN KEY ("person_id") REFERENCES "people" ("id") ON DELETE NO ACTION);
-- Create index "token_secret_hash" to table: "tokens"
CREATE UNIQUE INDEX "token_secret_hash" ON "tokens" ("secret_hash");
-- Create index "token_person_id" to table: "tokens"
CREATE INDEX "token_person_id" ON "tokens" ("person_id");
