package access

import (
	"reflect"
	"testing"
)

// Rule 3: whoever is not known is a visitor, who sees what is public.
func TestNobodyIsAnAnonymousVisitor(t *testing.T) {
	got := From(t.Context())
	if !reflect.DeepEqual(got, Anonymous()) || got.Audience != Public {
		t.Errorf("nobody is %+v; expected a visitor of the public", got)
	}
	if (Viewer{}).Audience == Working {
		t.Error("a viewer of nothing may see the working store")
	}
}

func TestTheLastViewerInTheContextActs(t *testing.T) {
	ctx := With(t.Context(), Operator("Restore"))
	if got := From(ctx); got.Name != "Restore" || got.Audience != Working {
		t.Errorf("the operator is %+v", got)
	}
	if got := From(With(ctx, Anonymous())); !reflect.DeepEqual(got, Anonymous()) {
		t.Errorf("the visitor is %+v", got)
	}
	if got := From(ctx); got.Name != "Restore" {
		t.Errorf("a viewer put into another context replaced %+v", got)
	}
}

// The names are part of the names of edition files.
func TestTheAudiencesNeverChange(t *testing.T) {
	if Public != "public" || Members != "members" || Working != "working" {
		t.Errorf("the audiences are %s, %s, %s", Public, Members, Working)
	}
}
