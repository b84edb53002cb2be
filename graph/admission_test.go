package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"adam/graph"
	"adam/internal/access"
)

// mutations gives every mutation of the schema as an operation with an input as small as the schema allows.
func mutations() map[string]string {
	out := map[string]string{}
	for _, f := range schema.Mutation.Fields {
		if len(f.Arguments) == 0 {
			out[f.Name] = fmt.Sprintf(`mutation { %s { __typename } }`, f.Name)
			continue
		}
		arg, fields := f.Arguments[0], []string(nil)
		if arg.Name != "input" {
			out[f.Name] = fmt.Sprintf(`mutation { %s(%s: "token_000000000001") { __typename } }`, f.Name, arg.Name)
			continue
		}
		for _, in := range schema.Types[arg.Type.Name()].Fields {
			if !in.Type.NonNull {
				continue
			}
			value := map[string]string{"String": `"x"`, "Int": "1", "ID": `"dispute_000000000001"`, "Boolean": "true", "Date": `"2027-01-01"`, "Time": `"2027-01-01T00:00:00Z"`}[in.Type.Name()]
			if def := schema.Types[in.Type.Name()]; value == "" && len(def.EnumValues) > 0 {
				value = def.EnumValues[0].Name
			}
			switch in.Name {
			case "sources":
				value = `[{title: "x"}]`
			case "source":
				value = `{title: "x"}`
			}
			if in.Type.Elem != nil && in.Name != "sources" {
				value = "[" + value + "]"
			}
			fields = append(fields, in.Name+": "+value)
		}
		out[f.Name] = fmt.Sprintf(`mutation { %s(input: {%s}) { __typename } }`, f.Name, strings.Join(fields, ", "))
	}
	return out
}

func TestNoMutationIsOpenToVisitorsToReadingTokensOrOnAServerThatOnlyReads(t *testing.T) {
	each(t, func(t *testing.T, a *api) {
		reading := aSecretariat()
		reading.Scopes = []access.Scope{access.ScopeRead}
		readOnly := &api{graph.Handler(func() time.Time { return now }, nil, ""), a.store}
		sentences := map[string]bool{}
		for name, q := range mutations() {
			for _, test := range []struct {
				caller
				code string
			}{{caller{api: a, viewer: access.Anonymous()}, "UNAUTHENTICATED"}, {caller{api: a, viewer: reading}, "FORBIDDEN"}, {caller{api: readOnly, viewer: aSecretariat()}, "FORBIDDEN"}} {
				got := test.call(t, q, nil)
				refused(t, q, got, test.code)
				if len(got.Errors) == 1 && (len(got.Errors[0].Path) != 1 || got.Errors[0].Path[0] != name || len(got.Errors[0].Extensions.Fields) != 0) {
					t.Errorf("%s: %+v", name, got.Errors[0])
				}
				sentences[got.Errors[0].Message] = true
			}
		}
		if len(sentences) != 3 {
			t.Errorf("the sentences tell what was asked for: %v", sentences)
		}
		var typename struct {
			Typename string `json:"__typename"`
		}
		caller{api: a, viewer: access.Anonymous()}.do(t, `mutation { __typename }`, nil, &typename)
	})
}

// accountMutations need a token made for accounts; all others one made for writing.
var accountMutations = []string{"createCalendarAddress", "createToken", "delegateRole", "disablePerson", "enablePerson", "endRole", "endSession", "erasePerson", "handOverRole", "invitePerson", "revokeCalendarAddress", "revokeToken"}

func TestEveryMutationIsAdmittedByItsScope(t *testing.T) {
	writing(t, func(t *testing.T, a *api) {
		v := aSecretariat()
		v.Scopes = []access.Scope{access.ScopeWrite}
		var refused []string
		n := 0
		for name, q := range mutations() {
			n++
			for _, e := range (caller{api: a, viewer: v}).call(t, q, nil).Errors {
				switch e.Extensions.Code {
				case "FORBIDDEN":
					refused = append(refused, name)
				case "UNAUTHENTICATED", "INTERNAL":
					t.Errorf("%s: %+v", name, e)
				}
			}
		}
		if slices.Sort(refused); !slices.Equal(refused, accountMutations) {
			t.Errorf("a token for writing is refused %v; expected %v", refused, accountMutations)
		}
		if n < 45 {
			t.Errorf("only %d mutations were tried", n)
		}
	})
}

func TestNoInputTakesWhatOnlyTheProgramWrites(t *testing.T) {
	private := []string{"id", "withdrawn", "verifiedStatus", "verifiedBy", "verifiedOn", "verifiedUntil", "verification", "createdBy", "updatedBy", "createdAt", "updatedAt",
		"withheld", "sortName", "provenance", "person", "by", "ownInterest", "decidedBy", "firstReading", "position"}
	for name, def := range schema.Types {
		if !strings.HasSuffix(name, "Input") {
			continue
		}
		for _, field := range private {
			if (name == "ContactInput" || name == "PersonInput") && field == "person" {
				continue // whom a contact names, with her consent; whose account an administrator means
			}
			if name == "CompleteCycleInput" && field == "position" || name == "ItemVersionInput" && field == "id" {
				continue // in which office somebody signs; which item is answered
			}
			if def.Fields.ForName(field) != nil {
				t.Errorf("%s takes %s", name, field)
			}
		}
	}
	each(t, func(t *testing.T, a *api) {
		got := caller{api: a, viewer: aSecretariat()}.call(t, operation(t, "CreateActivity"), vars{"in": activityInput(vars{"verifiedStatus": "VERIFIED"})})
		refused(t, "mass assignment", got, "INVALID")
	})
}
