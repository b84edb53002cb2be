package door

import (
	"context"

	"adam/ent"
	"adam/internal/audit"
	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// Admin is where accounts are kept. The secretariat invites and does not see the list.
type Admin struct {
	People   []*ent.Person
	SeesList bool
}

// Page invites, and lists the accounts.
func (v Admin) Page(ctx context.Context, s Sent) ui.Page {
	return ui.Page{Title: say.T(ctx, "nav.admin"), Body: admin(v, s)}
}

// Person is somebody's account, as an administrator sees it.
type Person struct {
	Person *ent.Person
	Grants []*ent.Grant
	Open   []*ent.Session
	Tokens []*ent.Token
}

// Page shows what can be done with the account.
func (v Person) Page(ctx context.Context, s Sent) ui.Page {
	return ui.Page{Title: say.T(ctx, "admin.person.title", v.Person.Email), Crumbs: adminCrumbs(ctx), Body: person(v, s)}
}

// path is the address of the page of the account, and of its forms.
func (v Person) path(step string) string { return "/admin/people/" + v.Person.ID.String() + step }

// adminCrumbs lead back to all accounts.
func adminCrumbs(ctx context.Context) []ui.Link {
	return []ui.Link{{Text: say.T(ctx, "nav.admin"), Path: "/admin"}}
}

// verify is the command that follows the whole chain.
const verify = "adam audit verify"

// Log is a part of the log of who did what, newest first.
type Log struct {
	Entries []*ent.LogEntry
	// Whole is what was found when the chain was followed; nil on older pages, where it is not, and where it took too long.
	Whole  *audit.Report
	TooBig bool
	Newer  string // the address of the page with newer entries; empty where there is none
	Older  string
}

// Page shows the log.
func (v Log) Page(ctx context.Context, _ Sent) ui.Page {
	return ui.Page{Title: say.T(ctx, "log.title"), Crumbs: adminCrumbs(ctx), Body: log(v)}
}

// personPath is the path of the account of a person; empty where an id is none of a person.
func personPath(id term.ID) string {
	if id.Kind() != term.KindPerson {
		return ""
	}
	return "/admin/people/" + id.String()
}
