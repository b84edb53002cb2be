-- Create index "activity_fundings_funding_id" to table: "activity_fundings"
CREATE INDEX "activity_fundings_funding_id" ON "activity_fundings" ("funding_id");
-- Create index "activity_overlaps_overlap_id" to table: "activity_overlaps"
CREATE INDEX "activity_overlaps_overlap_id" ON "activity_overlaps" ("overlap_id");
-- Create index "chapter_activities_activity_id" to table: "chapter_activities"
CREATE INDEX "chapter_activities_activity_id" ON "chapter_activities" ("activity_id");
-- Create index "chapter_actors_actor_id" to table: "chapter_actors"
CREATE INDEX "chapter_actors_actor_id" ON "chapter_actors" ("actor_id");
-- Create index "chapter_laws_law_id" to table: "chapter_laws"
CREATE INDEX "chapter_laws_law_id" ON "chapter_laws" ("law_id");
-- Create index "chapter_mechanisms_coordination_mechanism_id" to table: "chapter_mechanisms"
CREATE INDEX "chapter_mechanisms_coordination_mechanism_id" ON "chapter_mechanisms" ("coordination_mechanism_id");
-- Create index "chapter_policies_policy_document_id" to table: "chapter_policies"
CREATE INDEX "chapter_policies_policy_document_id" ON "chapter_policies" ("policy_document_id");
