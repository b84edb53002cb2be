package server

import (
	"net/http"
	"time"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/people"
	"adam/internal/term"
	"adam/server/door"
)

// rolePage shows what can be done with a role.
func (d *Doors) rolePage(w http.ResponseWriter, r *http.Request) { d.showRole(w, r, nil) }

func (d *Doors) showRole(w http.ResponseWriter, r *http.Request, problem *fault.Error) {
	g, err := d.ownRole(r)
	if err != nil {
		Answer(w, r, err)
		return
	}
	page := door.Role{Grant: g}
	if own := g.PersonID == access.From(r.Context()).Person; !own {
		page.To = g.Edges.Person.Email
	} else if g.DelegatedByID == nil {
		page.PassesOn, page.HandsOn = g.Role == access.FocalPoint || g.Role == access.Reporter, true
	}
	d.show(w, r, "/account/roles/"+g.ID.String(), page, problem)
}

// ownRole finds the role of the address among one's own and those that one has passed on.
func (d *Doors) ownRole(r *http.Request) (*ent.Grant, error) {
	id, err := pathID(r, term.KindGrant)
	if err != nil {
		return nil, err
	}
	ctx := r.Context()
	held, err := d.Keeper.Grants(ctx, access.From(ctx).Person)
	if err != nil {
		return nil, err
	}
	passedOn, err := d.Keeper.PassedOn(ctx, access.From(ctx).Person)
	if err != nil {
		return nil, err
	}
	for _, g := range append(held, passedOn...) {
		if g.ID == id {
			return g, nil
		}
	}
	return nil, fault.New(fault.NotFound, "There is no such role, or it has ended. Look at the roles on the page of your account.")
}

// delegateRole passes a role on for a while.
func (d *Doors) delegateRole(w http.ResponseWriter, r *http.Request) {
	d.passOn(w, r, func(g *ent.Grant, to people.Colleague) (string, error) {
		until, err := endOfDay(r.PostForm.Get("until"))
		if err != nil {
			return "", err
		}
		secret, _, err := d.Keeper.Delegate(r.Context(), g.ID, to, until)
		return secret, err
	})
}

// handOverRole gives a role away for good.
func (d *Doors) handOverRole(w http.ResponseWriter, r *http.Request) {
	d.passOn(w, r, func(g *ent.Grant, to people.Colleague) (string, error) {
		secret, _, err := d.Keeper.HandOver(r.Context(), g.ID, to, r.PostForm.Get("reason"))
		return secret, err
	})
}

// passOn does one of the two and shows the colleague's link.
func (d *Doors) passOn(w http.ResponseWriter, r *http.Request, do func(*ent.Grant, people.Colleague) (string, error)) {
	if !readForm(w, r) {
		return
	}
	var secret string
	to := people.Colleague{Email: r.PostForm.Get("email"), Name: r.PostForm.Get("name"), Unit: r.PostForm.Get("unit")}
	g, err := d.ownRole(r)
	if err == nil {
		secret, err = do(g, to)
	}
	if err != nil {
		d.again(w, r, err, func(f *fault.Error) { d.showRole(w, r, f) })
		return
	}
	d.showLink(w, r, people.Fold(to.Email), secret, "/account")
}

// showLink shows a link once, to whoever made it.
func (d *Doors) showLink(w http.ResponseWriter, r *http.Request, email, secret string, back string) {
	page := door.Made{Email: email, Back: back}
	if secret != "" {
		page.Link = d.BaseURL + "/invitation/" + secret
	}
	d.show(w, r, back, page, nil)
}

// endOwnRole ends one of one's own roles, or one that a colleague has from her.
func (d *Doors) endOwnRole(w http.ResponseWriter, r *http.Request) {
	if !readForm(w, r) {
		return
	}
	g, err := d.ownRole(r)
	if err == nil {
		err = d.Keeper.End(r.Context(), g.ID, r.PostForm.Get("reason"))
	}
	if err != nil {
		d.again(w, r, err, func(f *fault.Error) { d.showRole(w, r, f) })
		return
	}
	lead(w, r, "/account?done=role-ended")
}

// endOfDay is the end of a day, in UTC, as a form writes it.
func endOfDay(s string) (time.Time, error) {
	day, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return time.Time{}, fault.New(fault.Invalid, "%q is not a day. Write it as 2026-11-24.", term.Clip(s)).At("until")
	}
	return day.AddDate(0, 0, 1), nil
}
