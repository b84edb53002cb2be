package server

import (
	"context"
	"net/http"
	"time"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/people"
	"adam/internal/term"
	"adam/server/door"
)

// adminPage lists the accounts and invites to new ones.
func (d *Doors) adminPage(w http.ResponseWriter, r *http.Request) { d.showAdmin(w, r, nil) }

func (d *Doors) showAdmin(w http.ResponseWriter, r *http.Request, problem *fault.Error) {
	ctx := r.Context()
	v := access.From(ctx)
	page := door.Admin{SeesList: v.Has(access.Administrator)}
	if !page.SeesList && !v.Has(access.Secretariat) {
		Answer(w, r, fault.New(fault.Forbidden, "Accounts are kept by administrators and the secretariat. If you are one of them, give your second factor first: sign out and in again."))
		return
	}
	if page.SeesList {
		var err error
		if page.People, err = d.Keeper.List(ctx); err != nil {
			Answer(w, r, err)
			return
		}
	}
	d.show(w, r, "/admin", page, problem)
}

// invite gives a role to somebody and shows the link that opens the account.
func (d *Doors) invite(w http.ResponseWriter, r *http.Request) {
	if !readForm(w, r) {
		return
	}
	f := r.PostForm
	secret, p, err := d.Keeper.Invite(r.Context(), people.Invitation{
		Email: f.Get("email"), Name: f.Get("name"), Unit: f.Get("unit"), Institution: f.Get("institution"),
		Role: access.Role(f.Get("role")), Actor: f.Get("actor"), Chapter: f.Get("chapter"), Kind: term.InvitationKind(f.Get("kind")),
	})
	if err != nil {
		d.again(w, r, err, func(f *fault.Error) { d.showAdmin(w, r, f) })
		return
	}
	d.showLink(w, r, p.Email, secret, "/admin")
}

// personPage shows somebody's account to an administrator.
func (d *Doors) personPage(w http.ResponseWriter, r *http.Request) { d.showPerson(w, r, nil) }

func (d *Doors) showPerson(w http.ResponseWriter, r *http.Request, problem *fault.Error) {
	page, err := d.readPerson(r)
	if err != nil {
		Answer(w, r, err)
		return
	}
	d.show(w, r, "/admin/people/"+page.Person.ID.String(), page, problem)
}

func (d *Doors) readPerson(r *http.Request) (page door.Person, err error) {
	id, err := pathID(r, term.KindPerson)
	if err != nil {
		return page, err
	}
	ctx := r.Context()
	if page.Person, err = d.Keeper.Get(ctx, id); err != nil {
		return page, err
	}
	if page.Grants, err = d.Keeper.Grants(ctx, id); err != nil {
		return page, err
	}
	if page.Open, err = d.Keeper.SessionsOf(ctx, id); err != nil {
		return page, err
	}
	page.Tokens, err = d.Keeper.Tokens(ctx, id)
	return page, err
}

// withPerson does something to the account of the address and goes back to its page.
func (d *Doors) withPerson(w http.ResponseWriter, r *http.Request, name string, do func(context.Context, term.ID) error) {
	if !readForm(w, r) {
		return
	}
	id, err := pathID(r, term.KindPerson)
	if err == nil {
		err = do(r.Context(), id)
	}
	switch {
	case err != nil:
		d.again(w, r, err, func(f *fault.Error) { d.showPerson(w, r, f) })
	case name == "erased":
		lead(w, r, "/admin?done=erased")
	default:
		lead(w, r, "/admin/people/"+id.String()+"?done="+name)
	}
}

// giveRole gives a further role to somebody.
func (d *Doors) giveRole(w http.ResponseWriter, r *http.Request) {
	d.withPerson(w, r, "role", func(ctx context.Context, id term.ID) error {
		var until time.Time
		if day := r.PostForm.Get("until"); day != "" {
			var err error
			if until, err = endOfDay(day); err != nil {
				return err
			}
		}
		_, err := d.Keeper.Give(ctx, id, access.Role(r.PostForm.Get("role")), r.PostForm.Get("actor"), r.PostForm.Get("chapter"), until)
		return err
	})
}

// disablePerson keeps somebody out.
func (d *Doors) disablePerson(w http.ResponseWriter, r *http.Request) {
	d.withPerson(w, r, "disabled", d.Keeper.Disable)
}

// enablePerson lets somebody in again.
func (d *Doors) enablePerson(w http.ResponseWriter, r *http.Request) {
	d.withPerson(w, r, "enabled", d.Keeper.Enable)
}

// endTheirSessions ends all sessions of somebody.
func (d *Doors) endTheirSessions(w http.ResponseWriter, r *http.Request) {
	d.withPerson(w, r, "sessions", func(ctx context.Context, id term.ID) error { return d.Keeper.EndSessions(ctx, id, "") })
}

// erasePerson takes what is personal out of an account for ever. The form asks for the address, against a slip.
func (d *Doors) erasePerson(w http.ResponseWriter, r *http.Request) {
	d.withPerson(w, r, "erased", func(ctx context.Context, id term.ID) error {
		p, err := d.Keeper.Get(ctx, id)
		if err != nil {
			return err
		}
		if people.Fold(r.PostForm.Get("email")) != p.Email {
			return fault.New(fault.Invalid, "Erasing cannot be undone. Type the address of this account to go on.").At("email")
		}
		return d.Keeper.Erase(ctx, id, r.PostForm.Get("reason"))
	})
}

// resetPerson makes a link with which somebody sets a password anew, and shows it once.
func (d *Doors) resetPerson(w http.ResponseWriter, r *http.Request) {
	var secret string
	var p *ent.Person
	id, err := pathID(r, term.KindPerson)
	if err == nil {
		p, err = d.Keeper.Get(r.Context(), id)
	}
	if err == nil {
		secret, err = d.Keeper.ResetLink(r.Context(), id)
	}
	if err != nil {
		d.again(w, r, err, func(f *fault.Error) { d.showPerson(w, r, f) })
		return
	}
	d.showLink(w, r, p.Email, secret, "/admin/people/"+id.String())
}

// endRole ends somebody's role and goes back to whose it was, as the form tells.
func (d *Doors) endRole(w http.ResponseWriter, r *http.Request) {
	if !readForm(w, r) {
		return
	}
	id, err := pathID(r, term.KindGrant)
	if err == nil {
		err = d.Keeper.End(r.Context(), id, r.PostForm.Get("reason"))
	}
	back := "/admin"
	of, unknown := term.ParseID(r.PostForm.Get("person"))
	if unknown == nil && of.Kind() == term.KindPerson {
		back = "/admin/people/" + of.String()
	}
	switch {
	case err == nil:
		lead(w, r, back+"?done=role-ended")
	case back == "/admin":
		Answer(w, r, err)
	default:
		r.SetPathValue("id", of.String())
		d.again(w, r, err, func(f *fault.Error) { d.showPerson(w, r, f) })
	}
}
