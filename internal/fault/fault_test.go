package fault

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"testing"
)

// Rule 6: the sentence is for people. What caused it stays for the log and shows in no text.
func TestAnErrorShowsItsSentenceAndNotItsCause(t *testing.T) {
	cause := fmt.Errorf("pq: syntax error at or near SELECT: %w", fs.ErrPermission)
	err := New(Invalid, "%q is not a date. Write it as %s.", "MMIX", "2009").Because(cause)
	const want = `"MMIX" is not a date. Write it as 2009.`
	for _, got := range []string{err.Error(), fmt.Sprint(err), fmt.Sprintf("%v", err), fmt.Sprintf("%s", err)} {
		if got != want {
			t.Errorf("the error is written %q; expected %q", got, want)
		}
	}
	if !errors.Is(err, fs.ErrPermission) || !errors.Is(err, cause) {
		t.Error("the cause is lost for the log")
	}
	if New(Invalid, "x").Unwrap() != nil {
		t.Error("an error without a cause has one")
	}
}

func TestAnErrorIsFoundInAChain(t *testing.T) {
	inner := New(NotFound, "There is no such record.")
	for _, err := range []error{inner, fmt.Errorf("load: %w", inner), errors.Join(errors.New("x"), fmt.Errorf("y: %w", inner))} {
		if As(err) != inner || KindOf(err) != NotFound {
			t.Errorf("%v: found %v of kind %s", err, As(err), KindOf(err))
		}
	}
	outer := New(Conflict, "Somebody changed it.").Because(inner)
	if As(outer) != outer || KindOf(outer) != Conflict {
		t.Errorf("the outermost is found first; found %v", As(outer))
	}
}

// An error that nobody gave a kind is ours: it must never pass for one that may be shown.
func TestAnErrorWithoutAKindIsInternal(t *testing.T) {
	for _, err := range []error{errors.New("sql: no rows"), fs.ErrNotExist, nil} {
		if As(err) != nil || KindOf(err) != Internal {
			t.Errorf("%v is of kind %s", err, KindOf(err))
		}
	}
}

func TestPathsOfTheInputAreCollected(t *testing.T) {
	err := New(Invalid, "The end lies before the start.").At("input.startOn", "input.endOn").At("input.status")
	if !slices.Equal(err.Fields, []string{"input.startOn", "input.endOn", "input.status"}) {
		t.Errorf("the paths are %v", err.Fields)
	}
}

// Programs act on these: the set is closed and its spelling is part of the interface.
func TestTheKindsNeverChange(t *testing.T) {
	got := []Kind{Unauthenticated, Forbidden, NotFound, Invalid, Conflict, TooMany, Limit, Internal}
	want := []Kind{"UNAUTHENTICATED", "FORBIDDEN", "NOT_FOUND", "INVALID", "CONFLICT", "TOO_MANY", "LIMIT", "INTERNAL"}
	if !slices.Equal(got, want) {
		t.Errorf("the kinds are %v; expected %v", got, want)
	}
}
