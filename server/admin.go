package server

import (
	"net/http"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/people"
	"adam/internal/term"
)

// link is the address that opens an account, made of our own address and never of what a request says.
func (d *Doors) link(secret string) string { return d.baseURL + "/invitation/" + secret }

// register is what the page of accounts shows.
type register struct {
	Keeps  bool // an administrator, who sees all accounts
	People []registered
	Roles  []string
}

type registered struct {
	*ent.Person
	Roles []*ent.Grant
}

func (d *Doors) admin(w http.ResponseWriter, r *http.Request) error {
	return d.showAdmin(w, r, "", "", nil, nil)
}

func (d *Doors) showAdmin(w http.ResponseWriter, r *http.Request, done, secret string, in map[string]string, problem error) error {
	v := access.From(r.Context())
	if !v.Has(access.Administrator) && !v.Has(access.Secretariat) {
		return fault.New(fault.Forbidden, "Accounts are kept by administrators and the secretariat. Ask them.")
	}
	page := register{Keeps: v.Has(access.Administrator), Roles: access.Role("").Values()}
	if page.Keeps {
		all, err := d.keeper.List(r.Context())
		if err != nil {
			return err
		}
		for _, p := range all {
			roles, err := d.keeper.Grants(r.Context(), p.ID)
			if err != nil {
				return err
			}
			page.People = append(page.People, registered{p, roles})
		}
	}
	shown := view{Title: "Accounts", Done: done, Secret: secret, Form: in, Data: page}
	if problem != nil {
		shown.Done = ""
		return d.again(w, r, "admin", shown, problem)
	}
	return d.show(w, r, "admin", shown)
}

func (d *Doors) invite(w http.ResponseWriter, r *http.Request) error {
	in, err := form(r, "email", "name", "unit", "institution", "role", "actor", "chapter")
	if err != nil {
		return err
	}
	secret, _, err := d.keeper.Invite(r.Context(), people.Invitation{Email: in["email"], Name: in["name"], Unit: in["unit"],
		Institution: in["institution"], Role: access.Role(in["role"]), Actor: in["actor"], Chapter: in["chapter"]})
	if err != nil {
		return d.showAdmin(w, r, "", "", in, err)
	}
	if secret == "" {
		return d.showAdmin(w, r, "The role is given. The person can sign in already.", "", nil, nil)
	}
	return d.showAdmin(w, r, "Invited. Send this link to nobody else; it works once, within 72 hours:", d.link(secret), nil, nil)
}

// keepPerson disables, enables, erases or resets an account, or ends a role of it.
func (d *Doors) keepPerson(w http.ResponseWriter, r *http.Request) error {
	in, err := form(r, "id", "do", "reason")
	if err != nil {
		return err
	}
	id, err := term.ParseID(in["id"])
	if err != nil {
		return d.showAdmin(w, r, "", "", nil, err)
	}
	done, secret := "Done.", ""
	switch in["do"] {
	case "disable":
		err = d.keeper.Disable(r.Context(), id)
	case "enable":
		err = d.keeper.Enable(r.Context(), id)
	case "erase":
		err = d.keeper.Erase(r.Context(), id, in["reason"])
	case "end":
		err = d.keeper.End(r.Context(), id, in["reason"])
	case "reset":
		if secret, err = d.keeper.ResetLink(r.Context(), id); err == nil {
			done, secret = "Send this link to nobody else; whoever follows it sets the password anew:", d.link(secret)
		}
	default:
		err = fault.New(fault.Invalid, "Choose what to do.").At("do")
	}
	return d.showAdmin(w, r, done, secret, nil, err)
}
