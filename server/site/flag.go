package site

import (
	"net/http"

	"adam/internal/term"
	"adam/server/ui"
)

// checked is a record that the concept check speaks about.
type checked interface {
	About
	GetConceptFlags() []*Advice
}

// flagged are the types of records that the concept check speaks about.
var flagged = []term.RecordKind{term.RecordLaw, term.RecordPolicy, term.RecordMechanism, term.RecordActivity}

// Flags are the addresses to which why the advice of the concept check is wrong is sent: POST /laws/{key}/flags and the
// like. For whoever may correct the record, which the API decides.
func (s *Site) Flags() map[string]func(*http.Request) (*ui.Page, error) {
	out := map[string]func(*http.Request) (*ui.Page, error){}
	for _, kind := range flagged {
		out["/"+recordSections[kind]+"/{key}/flags"] = s.flag(kind)
	}
	return out
}

func (s *Site) flag(kind term.RecordKind) func(*http.Request) (*ui.Page, error) {
	return func(r *http.Request) (*ui.Page, error) {
		ctx := once(r.Context(), r.PostForm.Get("once"))
		version, err := number(r.PostForm.Get("version"))
		if err != nil {
			return nil, err
		}
		in := map[string]any{"record": r.PostForm.Get("record"), "version": version, "code": r.PostForm.Get("code"), "reason": r.PostForm.Get("reason")}
		if r.PostForm.Get("do") == "restore" {
			_, err = RestoreFlag(ctx, s.api, &in)
		} else {
			_, err = DismissFlag(ctx, s.api, &in)
		}
		if err != nil {
			return nil, said(err)
		}
		return nil, ui.Goto(recordPath(kind, r.PathValue("key")) + "?done=flag")
	}
}
