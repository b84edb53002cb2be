package term

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// lists are the closed vocabularies by the name of their type.
var lists = map[string][]string{
	"ActivityStatus": ActivityStatus("").Values(), "ActorKind": ActorKind("").Values(), "AssistanceType": AssistanceType("").Values(),
	"Audience": Audience("").Values(), "Comprehensiveness": Comprehensiveness("").Values(), "Confidence": Confidence("").Values(),
	"ContactKind": ContactKind("").Values(), "Coverage": Coverage("").Values(), "Criminalisation": Criminalisation("").Values(),
	"DeliveryMode": DeliveryMode("").Values(), "EditionStatus": EditionStatus("").Values(), "Evidence": Evidence("").Values(),
	"FundingKind": FundingKind("").Values(), "FundingReporter": FundingReporter("").Values(), "Group": Group("").Values(),
	"DisputeStatus": DisputeStatus("").Values(), "InvitationKind": InvitationKind("").Values(), "LogKind": LogKind("").Values(),
	"HistoryAction": HistoryAction("").Values(), "LawStatus": LawStatus("").Values(), "MechanismForm": MechanismForm("").Values(),
	"MechanismLevel": MechanismLevel("").Values(), "MechanismStatus": MechanismStatus("").Values(), "NameKind": NameKind("").Values(),
	"NeedPriority": NeedPriority("").Values(), "NeedStatus": NeedStatus("").Values(), "NeedGap": NeedGap("").Values(), "OfferStatus": OfferStatus("").Values(), "OffenceElement": OffenceElement("").Values(),
	"OverlapDecision": OverlapDecision("").Values(), "OverlapKind": OverlapKind("").Values(), "RelationKind": RelationKind("").Values(), "ParticipationRole": ParticipationRole("").Values(),
	"PenaltyKind": PenaltyKind("").Values(), "PolicyStatus": PolicyStatus("").Values(), "QuestionnaireKind": QuestionnaireKind("").Values(),
	"RecordKind": RecordKind("").Values(), "ResponseStatus": ResponseStatus("").Values(), "ReviewStatus": ReviewStatus("").Values(),
	"Significance": Significance("").Values(), "SourceKind": SourceKind("").Values(), "Theme": Theme("").Values(), "ThemeGroup": ThemeGroup("").Values(), "Topic": Topic("").Values(),
	"Treaty": Treaty("").Values(), "TreatyMode": TreatyMode("").Values(), "VerificationStatus": VerificationStatus("").Values(),
	"Visibility": Visibility("").Values(), "ReviewPurpose": ReviewPurpose("").Values(), "ItemStatus": ItemStatus("").Values(),
	"SheetAnswer": SheetAnswer("").Values(), "SheetOutcome": SheetOutcome("").Values(),
	"IntakeFormat": IntakeFormat("").Values(), "FieldNeed": FieldNeed("").Values(), "IntakeStatus": IntakeStatus("").Values(), "IntakeOutcome": IntakeOutcome("").Values(),
	"ProposalKind": ProposalKind("").Values(), "ReleaseStatus": ReleaseStatus("").Values(), "Becoming": Becoming("").Values(), "ReviewEvent": ReviewEvent("").Values(), "MailStatus": MailStatus("").Values(),
}

var codeShape = regexp.MustCompile(`^[A-Z]+[0-9]*(_[A-Z0-9]+)*$`)

func TestTheWordsOfEveryListAreDistinctCodes(t *testing.T) {
	for name, values := range lists {
		if len(values) < 2 {
			t.Errorf("%s has %d words", name, len(values))
		}
		seen := map[string]bool{}
		for _, v := range values {
			if seen[v] {
				t.Errorf("%s has %s twice", name, v)
			}
			if seen[v] = true; !codeShape.MatchString(v) {
				t.Errorf("%s has %q, which is no code of capitals", name, v)
			}
		}
	}
}

// The source of this package is read, so that neither a new list nor a new word is forgotten.
func TestEveryListAndEveryWordOfItIsKnown(t *testing.T) {
	methods, constants := declared(t)
	for name := range methods {
		if lists[name] == nil {
			t.Errorf("%s has Values and is not tested here", name)
		}
	}
	for name, words := range constants {
		values, ok := lists[name]
		if !ok {
			continue
		}
		for _, w := range words {
			if !slices.Contains(values, w) {
				t.Errorf("%s declares %s, which its Values do not list: the database would refuse it", name, w)
			}
		}
	}
	if len(methods) != len(lists) || len(constants["LawStatus"]) != 5 {
		t.Errorf("found %d lists in the source and %v as law statuses; %d lists are tested", len(methods), constants["LawStatus"], len(lists))
	}
}

// declared finds the types with a method Values, and the text constants of each type.
func declared(t *testing.T) (methods map[string]bool, constants map[string][]string) {
	t.Helper()
	methods, constants = map[string]bool{}, map[string][]string{}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), e.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Name.Name == "Values" && n.Recv != nil {
					methods[n.Recv.List[0].Type.(*ast.Ident).Name] = true
				}
			case *ast.ValueSpec:
				if of, ok := n.Type.(*ast.Ident); ok && len(n.Values) == 1 {
					if lit, ok := n.Values[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
						constants[of.Name] = append(constants[of.Name], strings.Trim(lit.Value, `"`))
					}
				}
			}
			return true
		})
	}
	return methods, constants
}

// The two Protocols stay apart: what they share is only how one may take part in a crime.
func TestTheElementsOfTheTwoProtocolsStayApart(t *testing.T) {
	smuggling, trafficking := Elements(Smuggling), Elements(Trafficking)
	if len(smuggling) != 11 || len(trafficking) != 11 {
		t.Errorf("%d elements of smuggling, %d of trafficking; expected 11 each", len(smuggling), len(trafficking))
	}
	var shared []OffenceElement
	for _, e := range trafficking {
		if slices.Contains(smuggling, e) {
			shared = append(shared, e)
		}
	}
	if !slices.Equal(shared, []OffenceElement{ElementAttempt, ElementAccomplice, ElementOrganising}) {
		t.Errorf("both Protocols have %v", shared)
	}
	if n := len(OffenceElement("").Values()); n != 19 {
		t.Errorf("there are %d elements; expected 11 and 11 less the 3 shared", n)
	}
	for _, e := range []OffenceElement{ElementMeans, ElementPurpose, ElementAct} { // concept check: these are trafficking's
		if slices.Contains(smuggling, e) {
			t.Errorf("%s is no element of smuggling", e)
		}
	}
}

// Rule 1: each list in which somebody may know nothing has a word for that, and it is not the word for nothing.
func TestUnknownHasAWordOfItsOwn(t *testing.T) {
	for name, pair := range map[string][2]string{
		"Confidence": {"UNKNOWN", "LOW"}, "Evidence": {"UNKNOWN", "OWN_KNOWLEDGE"}, "TreatyMode": {"UNKNOWN", "NONE"},
		"ActivityStatus": {"UNKNOWN", "CANCELLED"}, "FundingReporter": {"UNKNOWN", "ESTIMATE"}, "Coverage": {"NOT_EXAMINED", "NOT_COVERED"},
		"NeedPriority": {"NOT_STATED", "LOW"}, "ReviewStatus": {"NOT_OPENED", "CLOSED_UNVERIFIED"}, "VerificationStatus": {"UNVERIFIED", "LAPSED"},
	} {
		for _, word := range pair {
			if !slices.Contains(lists[name], word) {
				t.Errorf("%s has no %s", name, word)
			}
		}
	}
	ways := []string{"NOT_ASKED", "NOT_ANSWERED", "DECLINED", "NOTHING_TO_REPORT", "WITHHELD", "ANSWERED"}
	if !slices.Equal(lists["ResponseStatus"], ways) {
		t.Errorf("a response is one of %v; the model keeps %v apart", lists["ResponseStatus"], ways)
	}
}

// The model fixes these lists word for word.
func TestTheListsAreThoseOfTheModel(t *testing.T) {
	for name, want := range map[string]string{
		"Visibility":         "PUBLIC MEMBERS RESTRICTED",
		"Theme":              "SMUGGLING TRAFFICKING",
		"ThemeGroup":         "SMUGGLING TRAFFICKING BOTH OTHER",
		"FundingKind":        "BUDGET PLEDGE COMMITMENT DISBURSEMENT EXPENDITURE",
		"SourceKind":         "STATE_QUESTIONNAIRE DONOR_QUESTIONNAIRE IO_CONSULTATION DESK_RESEARCH COP_RESPONSE IATI FOCAL_POINT",
		"Treaty":             "UNTOC TIP_PROTOCOL SOM_PROTOCOL REFUGEE_CONVENTION ACTIP",
		"ReviewStatus":       "NOT_OPENED AWAITING_NOMINATION UNDER_REVIEW VERIFIED PUBLISHED SUSPENDED RETURNED CLOSED_UNVERIFIED DECLINED",
		"NeedStatus":         "OPEN OFFERED MATCHED MET",
		"OverlapKind":        "SAME_ACTIVITY OVERLAPPING_ASSISTANCE",
		"OverlapDecision":    "OPEN SAME_ACTIVITY RELATED OVERLAPPING_ASSISTANCE COORDINATED DISTINCT",
		"RelationKind":       "PHASE PART_OF SERIES SISTER",
		"VerificationStatus": "UNVERIFIED VERIFIED DISPUTED LAPSED",
		"MechanismLevel":     "NATIONAL BILATERAL TRILATERAL SUBREGIONAL REGIONAL",
		"ParticipationRole":  "FUNDING ACCOUNTABLE EXTENDING IMPLEMENTING PARTNER BENEFICIARY",
	} {
		if got := strings.Join(lists[name], " "); got != want {
			t.Errorf("%s is %s; the model says %s", name, got, want)
		}
	}
}
