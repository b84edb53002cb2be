package corpus

import (
	"adam/ent"
	"adam/ent/rule"
	"adam/internal/store"
	"adam/internal/term"
)

const (
	catalogued = "id key visibility smuggling trafficking topics verified_status verified_by verified_on verified_until provenance confidence sort_name withheld created_at updated_at created_by updated_by "
	inActors   = catalogued + "name acronym kind stated_roles state_id parent_id"
	inActivity = catalogued + "title acronym summary assistance_types target_audiences delivery_modes status regional places start_on end_on purpose_codes reporter_id part_of_id follows_id"
)

// newTables are those of a corpus. The package's test holds what is written into them against what ent's hooks write.
func newTables(c *ent.Client) *store.Rows {
	return store.NewRows(c,
		[2]string{term.KindActor.Table(), inActors},
		[2]string{term.KindActivity.Table(), inActivity},
		[2]string{"records", rule.AnchorColumns},
		[2]string{term.KindSource.Table(), "id record_id kind title publisher accessed_on"},
		[2]string{term.KindHistory.Table(), "id record_id version visibility at by action reason changes"},
		[2]string{term.KindVerification.Table(), "id record_id chapter_id cycle_id record_version status by verified_on verified_until"},
		[2]string{term.KindActivityState.Table(), "id activity_id state_id position percentage"},
		[2]string{term.KindParticipation.Table(), "id activity_id actor_id role position"},
		[2]string{term.KindExternalIdentifier.Table(), "id activity_id position value"},
		[2]string{"chapter_activities", "chapter_id activity_id"},
		[2]string{term.KindFunding.Table(), "id visibility position kind amount currency value_on reported_by provider_id receiver_id reporter_id upstream_id withheld"},
		[2]string{"activity_fundings", "activity_id funding_id"},
		[2]string{term.KindAllocation.Table(), "id funding_id state_id theme percentage"},
	)
}
