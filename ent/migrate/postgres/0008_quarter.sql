-- Modify "review_cycles" table
ALTER TABLE "review_cycles" ADD COLUMN "nothing_planned" boolean NOT NULL DEFAULT false;
