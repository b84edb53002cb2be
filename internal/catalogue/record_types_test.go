package catalogue_test

import (
	"context"

	"adam/ent"
	"adam/internal/term"
)

// recordType is what the tests write of one type of record.
type recordType struct {
	kind   term.Kind
	create input
	key    string // that a record of this title gets
	change input
	told   []string // what history must tell of the change
	now    func(*ent.Client, context.Context, term.ID) (version int, key string, withdrawn bool, err error)
}

var recordTypes = map[string]recordType{
	"activity": {term.KindActivity,
		input{"title": "Border Police: Training (Phase I)", "summary": "Teaches.", "themes": []any{"TRAFFICKING"}, "states": []any{"THA"}, "donors": []any{"dfat"},
			"implementers": []any{"international-organization-for-migration", "unodc"}, "startOn": "2010", "status": "CLOSED", "places": []any{"Chiang Rai"}},
		"border-police-training-phase-i",
		input{"summary": nil, "states": []any{"LAO", "THA"}, "donors": nil, "implementers": []any{"unodc"}, "partners": []any{"dfat"}, "externalIdentifiers": []any{"XM-DAC-1", "XM-DAC-2"},
			"endOn": "2012-05", "themes": []any{"SMUGGLING"}, "purposeCodes": []any{"15190"}},
		[]string{"states: THA → LAO; THA", "donors: dfat → -", "implementers: international-organization-for-migration; unodc → unodc", "partners: - → dfat",
			"externalIdentifiers: - → XM-DAC-1; XM-DAC-2", "summary: Teaches. → -", "chapters: THA → LAO; THA"},
		func(c *ent.Client, ctx context.Context, id term.ID) (int, string, bool, error) {
			r, err := c.Activity.Get(ctx, id)
			if err != nil {
				return 0, "", false, err
			}
			return r.Version, r.Key, r.Withdrawn, nil
		}},
	"actor": {term.KindActor,
		input{"name": "Department of Special Investigation", "kind": "STATE_AUTHORITY", "state": "THA", "otherNames": []any{input{"name": "DSI", "kind": "ACRONYM"}},
			"contacts": []any{input{"kind": "EMAIL", "value": "desk@example.org", "unit": "Desk"}}},
		"department-of-special-investigation",
		input{"website": "https://www.dsi.example", "otherNames": []any{input{"name": "DSI", "kind": "ACRONYM", "language": "en"}, input{"name": "กรมสอบสวนคดีพิเศษ", "language": "th", "kind": "TRANSLATION"}},
			"contacts": []any{input{"kind": "EMAIL", "value": "desk@example.org", "unit": "Front desk"}, input{"kind": "PHONE", "value": "+66 2 000"}}, "parent": "unodc"},
		[]string{"otherNames: DSI ACRONYM → DSI ACRONYM en; กรมสอบสวนคดีพิเศษ TRANSLATION th", "contacts: (withheld) → (withheld); (withheld)", "website: - → https://www.dsi.example"},
		func(c *ent.Client, ctx context.Context, id term.ID) (int, string, bool, error) {
			r, err := c.Actor.Get(ctx, id)
			if err != nil {
				return 0, "", false, err
			}
			return r.Version, r.Key, r.Withdrawn, nil
		}},
	"law": {term.KindLaw,
		input{"title": "Anti-Trafficking in Persons Act", "state": "THA", "status": "IN_FORCE", "year": "2008", "elements": []any{input{"theme": "TRAFFICKING", "element": "ACT", "coverage": "COVERED", "article": "6"}},
			"penalties": []any{input{"theme": "TRAFFICKING", "kind": "YEARS", "years": 10}}},
		"anti-trafficking-in-persons-act",
		input{"status": "AMENDED", "elements": []any{input{"theme": "TRAFFICKING", "element": "ACT", "coverage": "PARTLY_COVERED", "article": "6"}, input{"theme": "SMUGGLING", "element": "DOCUMENT_FRAUD", "coverage": "UNCLEAR"}},
			"penalties": []any{input{"theme": "TRAFFICKING", "kind": "YEARS", "years": 15}, input{"theme": "TRAFFICKING", "kind": "DEATH"}}, "amendments": []any{input{"title": "Second Act", "year": "2015"}}},
		[]string{"elements: TRAFFICKING ACT COVERED 6 → TRAFFICKING ACT PARTLY_COVERED 6; SMUGGLING DOCUMENT_FRAUD UNCLEAR", "penalties: TRAFFICKING YEARS 10 → TRAFFICKING YEARS 15; TRAFFICKING DEATH",
			"amendments: - → Second Act 2015", "status: IN_FORCE → AMENDED"},
		func(c *ent.Client, ctx context.Context, id term.ID) (int, string, bool, error) {
			r, err := c.Law.Get(ctx, id)
			if err != nil {
				return 0, "", false, err
			}
			return r.Version, r.Key, r.Withdrawn, nil
		}},
	"policy": {term.KindPolicy,
		input{"title": "Regional work plan", "status": "CURRENT", "periodFrom": "2017"},
		"regional-work-plan",
		input{"periodTo": "2020", "leadActor": "unodc", "leadAuthority": "The office", "state": "LAO"},
		[]string{"leadAuthority: - → The office", "chapters: REGIONAL → LAO"},
		func(c *ent.Client, ctx context.Context, id term.ID) (int, string, bool, error) {
			r, err := c.PolicyDocument.Get(ctx, id)
			if err != nil {
				return 0, "", false, err
			}
			return r.Version, r.Key, r.Withdrawn, nil
		}},
	"mechanism": {term.KindMechanism,
		input{"name": "COMMIT", "level": "SUBREGIONAL", "form": "PROCESS", "status": "ACTIVE", "members": []any{input{"state": "THA", "since": "2004"}}},
		"commit",
		input{"foundedOn": "2004-10", "members": []any{input{"state": "THA", "since": "2004"}, input{"state": "LAO"}, input{"actor": "unodc", "until": "2014"}}},
		[]string{"members: THA 2004 → THA 2004; LAO; unodc 2014", "foundedOn: - → 2004-10", "chapters: THA → LAO; THA"},
		func(c *ent.Client, ctx context.Context, id term.ID) (int, string, bool, error) {
			r, err := c.CoordinationMechanism.Get(ctx, id)
			if err != nil {
				return 0, "", false, err
			}
			return r.Version, r.Key, r.Withdrawn, nil
		}},
	"need": {term.KindNeed,
		input{"title": "Training for prosecutors", "state": "THA", "assistanceType": "LEGISLATIVE"},
		"training-for-prosecutors",
		input{"priority": "HIGH", "gap": "No course exists.", "authority": "unodc", "themes": []any{"SMUGGLING"}},
		[]string{"priority: NOT_STATED → HIGH", "gap: - → No course exists.", "smuggling: NOT_TARGETED → PRINCIPAL"},
		func(c *ent.Client, ctx context.Context, id term.ID) (int, string, bool, error) {
			r, err := c.Need.Get(ctx, id)
			if err != nil {
				return 0, "", false, err
			}
			return r.Version, r.Key, r.Withdrawn, nil
		}},
}
