-- Modify "activities" table
ALTER TABLE "activities" ADD COLUMN "countable" boolean NOT NULL DEFAULT true;
-- Modify "fundings" table
ALTER TABLE "fundings" ADD COLUMN "amount_withheld" boolean NOT NULL DEFAULT false, ADD COLUMN "countable" boolean NOT NULL DEFAULT true;
