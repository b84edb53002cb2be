-- Modify "questionnaires" table
ALTER TABLE "questionnaires" ADD COLUMN "tally" jsonb NULL;
