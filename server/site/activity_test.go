package site

import (
	"slices"
	"testing"
)

func TestACodeOnNoListIsShownAsSuch(t *testing.T) {
	got := purposeWords(t.Context(), []string{"15190", "151", "99999"})
	if want := []string{"15190", "151", "99999 (a code on no list)"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
