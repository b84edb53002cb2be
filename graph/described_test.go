package graph_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/catalogue"
	"adam/internal/funding"
	"adam/internal/gap"
	"adam/internal/term"

	"entgo.io/contrib/entgql"
	"github.com/vektah/gqlparser/v2/ast"
)

// described wants a text that says something, and ends.
func described(t *testing.T, what, text string) {
	t.Helper()
	text = strings.TrimSpace(text)
	if len(text) < 3 || !strings.HasSuffix(text, ".") || strings.ToUpper(text[:1]) != text[:1] {
		t.Errorf("%s is described as %q", what, text)
	}
}

func TestEverythingInTheSchemaIsDescribed(t *testing.T) {
	things := 0
	for _, name := range slices.Sorted(maps.Keys(schema.Types)) {
		def := schema.Types[name]
		if def.BuiltIn {
			continue
		}
		described(t, name, def.Description)
		for _, f := range def.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			things++
			described(t, name+"."+f.Name, f.Description)
			for _, a := range f.Arguments {
				described(t, name+"."+f.Name+"("+a.Name+")", a.Description)
			}
		}
		for _, v := range def.EnumValues {
			things++
			described(t, name+"."+v.Name, v.Description)
		}
	}
	if things < 800 {
		t.Errorf("only %d fields and values were looked at", things)
	}
}

// codes are the Go code lists behind the enums of the schema.
var codes = map[string]interface{ Values() []string }{
	"ActivityStatus": term.ActivityStatus(""), "ActorKind": term.ActorKind(""), "AssistanceType": term.AssistanceType(""),
	"Audience": term.Audience(""), "Comprehensiveness": term.Comprehensiveness(""), "Confidence": term.Confidence(""),
	"ContactKind": term.ContactKind(""), "Coverage": term.Coverage(""), "Criminalisation": term.Criminalisation(""),
	"DeliveryMode": term.DeliveryMode(""), "EditionStatus": term.EditionStatus(""), "Evidence": term.Evidence(""),
	"FundingKind": term.FundingKind(""), "FundingReporter": term.FundingReporter(""), "Group": term.Group(""),
	"HistoryAction": term.HistoryAction(""), "LawStatus": term.LawStatus(""), "MechanismForm": term.MechanismForm(""),
	"MechanismLevel": term.MechanismLevel(""), "MechanismStatus": term.MechanismStatus(""), "NameKind": term.NameKind(""),
	"NeedPriority": term.NeedPriority(""), "NeedStatus": term.NeedStatus(""), "NeedGap": term.NeedGap(""), "OfferStatus": term.OfferStatus(""), "OffenceElement": term.OffenceElement(""),
	"OverlapDecision": term.OverlapDecision(""), "OverlapKind": term.OverlapKind(""), "RelationKind": term.RelationKind(""), "ParticipationRole": term.ParticipationRole(""),
	"PenaltyKind": term.PenaltyKind(""), "PolicyStatus": term.PolicyStatus(""), "QuestionnaireKind": term.QuestionnaireKind(""),
	"RecordKind": term.RecordKind(""), "ResponseStatus": term.ResponseStatus(""), "ReviewStatus": term.ReviewStatus(""),
	"ReviewEvent": term.ReviewEvent(""), "ReviewPurpose": term.ReviewPurpose(""), "ItemStatus": term.ItemStatus(""),
	"ProposalKind": term.ProposalKind(""), "ReleaseStatus": term.ReleaseStatus(""), "Becoming": term.Becoming(""), "ImportFormat": term.IntakeFormat(""), "ImportStatus": term.IntakeStatus(""), "FieldNeed": term.FieldNeed(""), "ImportOutcome": term.IntakeOutcome(""), "SheetAnswer": term.SheetAnswer(""), "SheetOutcome": term.SheetOutcome(""),
	"Significance": term.Significance(""), "SourceKind": term.SourceKind(""), "StatedRole": statedRoles{},
	"Theme": term.Theme(""), "ThemeGroup": term.ThemeGroup(""), "Topic": term.Topic(""), "Treaty": term.Treaty(""), "TreatyMode": term.TreatyMode(""),
	"VerificationStatus": term.VerificationStatus(""), "Visibility": term.Visibility(""), "DisputeStatus": term.DisputeStatus(""),
	"Role": access.Role(""), "Scope": access.Scope(""), "Permission": catalogue.Permission(""), "ConceptFlagCode": gap.Code(""), "GapFindingCode": gap.FindingCode(""),
	"FundingDimension": funding.Dimension(""), "FundingOutcome": funding.Outcome(""),
}

// statedRoles has no list in package term, as only the loader and the files use the words.
type statedRoles struct{}

func (statedRoles) Values() []string {
	return []string{string(term.RoleDonor), string(term.RoleImplementer), string(term.RoleRecipient), string(term.RoleCoordinator)}
}

type unmarshaler interface{ UnmarshalGQL(any) error }

// sortable are the Go types behind the enums that say what a list is sorted by.
var sortable = map[string]func() unmarshaler{
	"ActivityOrderField":              func() unmarshaler { return new(ent.ActivityOrderField) },
	"ActorOrderField":                 func() unmarshaler { return new(ent.ActorOrderField) },
	"ChapterOrderField":               func() unmarshaler { return new(ent.ChapterOrderField) },
	"CoordinationMechanismOrderField": func() unmarshaler { return new(ent.CoordinationMechanismOrderField) },
	"EditionOrderField":               func() unmarshaler { return new(ent.EditionOrderField) },
	"FundingOrderField":               func() unmarshaler { return new(ent.FundingOrderField) },
	"LawOrderField":                   func() unmarshaler { return new(ent.LawOrderField) },
	"NeedOrderField":                  func() unmarshaler { return new(ent.NeedOrderField) },
	"NeedOfferOrderField":             func() unmarshaler { return new(ent.NeedOfferOrderField) },
	"OverlapOrderField":               func() unmarshaler { return new(ent.OverlapOrderField) },
	"PolicyOrderField":                func() unmarshaler { return new(ent.PolicyDocumentOrderField) },
	"QuestionnaireOrderField":         func() unmarshaler { return new(ent.QuestionnaireOrderField) },
	"RateOrderField":                  func() unmarshaler { return new(ent.RateOrderField) },
	"ReviewCycleOrderField":           func() unmarshaler { return new(ent.ReviewCycleOrderField) },
	"StateOrderField":                 func() unmarshaler { return new(ent.StateOrderField) },
	"OrderDirection":                  func() unmarshaler { return new(entgql.OrderDirection) },
}

func TestEveryEnumHasTheValuesOfItsCodeList(t *testing.T) {
	for name, def := range schema.Types {
		if def.Kind != ast.Enum || def.BuiltIn {
			continue
		}
		var values []string
		for _, v := range def.EnumValues {
			values = append(values, v.Name)
		}
		slices.Sort(values)
		switch list, order := codes[name], sortable[name]; {
		case list != nil:
			if want := slices.Sorted(slices.Values(list.Values())); !slices.Equal(values, want) {
				t.Errorf("%s has\n%v, its code list\n%v", name, values, want)
			}
		case order != nil:
			for _, v := range values {
				if err := order().UnmarshalGQL(v); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		default:
			t.Errorf("no code list is known for %s", name)
		}
	}
}
