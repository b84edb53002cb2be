package site

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// kept leads from a key that a record had to the one that it has, so that each page has one address.
func kept(r *http.Request, key string) error {
	if key == r.PathValue("key") {
		return nil
	}
	path := strings.Replace(r.URL.Path, "/"+r.PathValue("key"), "/"+key, 1)
	if r.URL.RawQuery != "" {
		path += "?" + r.URL.RawQuery
	}
	return ui.Goto(path)
}

// called is what a record or a place is called, of whatever type it is.
func called(r any) string {
	switch r := r.(type) {
	case interface{ GetTitle() string }:
		return r.GetTitle()
	case interface{ GetName() string }:
		return r.GetName()
	}
	return ""
}

// addressOf is where the page of a record is; "" for what has none.
func addressOf(r any) string {
	switch r := r.(type) {
	case interface{ GetCode() string }:
		return "/states/" + r.GetCode()
	case *RecordNameActivity:
		return recordPath(term.RecordActivity, r.Key)
	case *NodeNameActivity:
		return recordPath(term.RecordActivity, r.Key)
	case *RecordNameActor:
		return recordPath(term.RecordActor, r.Key)
	case *NodeNameActor:
		return recordPath(term.RecordActor, r.Key)
	case *RecordNameLaw:
		return recordPath(term.RecordLaw, r.Key)
	case *NodeNameLaw:
		return recordPath(term.RecordLaw, r.Key)
	case *RecordNamePolicy:
		return recordPath(term.RecordPolicy, r.Key)
	case *NodeNamePolicy:
		return recordPath(term.RecordPolicy, r.Key)
	case *RecordNameCoordinationMechanism:
		return recordPath(term.RecordMechanism, r.Key)
	case *NodeNameCoordinationMechanism:
		return recordPath(term.RecordMechanism, r.Key)
	case *RecordNameNeed:
		return recordPath(term.RecordNeed, r.Key)
	}
	return ""
}

// hides says whether a record has a value for a field that the viewer may not see.
func hides(a About, field string) bool { return slices.Contains(a.GetWithheld(), field) }

// permalink is the address of a record as one edition has it, which never changes.
func permalink(path string, edition int) string {
	return ui.WithQuery(path, "edition", strconv.Itoa(edition))
}

// citation is how the record is cited: with the edition and the version that were read.
func citation(ctx context.Context, title, path string, version int) string {
	f := ui.Of(ctx)
	e := f.Edition
	return say.T(ctx, "cite.text", ui.Isolated(title), strconv.Itoa(e.Number), say.Date(ctx, e.Date), strconv.Itoa(version), f.BaseURL+permalink(path, e.Number))
}

// withheldNames lists what is withheld in words.
func withheldNames(ctx context.Context, a About) string {
	out := make([]string, len(a.GetWithheld()))
	for i, f := range a.GetWithheld() {
		out[i] = fieldName(ctx, f)
	}
	return strings.Join(out, say.T(ctx, "list.comma"))
}

// actorName is a name with its acronym.
func actorName(a *ActorLink) string {
	if a.Acronym == "" || a.Acronym == a.Name {
		return a.Name
	}
	return a.Name + " (" + a.Acronym + ")"
}

// actorPath is the page of an actor; "" where there is none.
func actorPath(a *ActorLink) (path, name string) {
	if a == nil {
		return "", ""
	}
	return recordPath(term.RecordActor, a.Key), actorName(a)
}
