package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/people"
)

type userCmd struct {
	Add userAddCmd `cmd:"" help:"Give somebody a role, and print the link that opens the account."`
}

type userAddCmd struct {
	working
	linking
	Email   string `required:"" placeholder:"E" help:"Address of the person or the unit."`
	Role    string `required:"" enum:"member,reporter,focal-point,coordinator,secretariat,administrator" placeholder:"ROLE" help:"member, reporter, focal-point, coordinator, secretariat or administrator."`
	Chapter string `placeholder:"CODE" help:"The chapter of a focal point: the code of its State, or REGIONAL."`
	Actor   string `placeholder:"KEY" help:"The organisation of a reporter: the key in the address of its page."`
	Name    string `help:"Name of the person."`
	Unit    string `help:"The unit, where several share the account or the person is not named."`
}

// linking is where links lead.
type linking struct {
	BaseURL string `name:"base-url" default:"http://localhost:8080" placeholder:"URL" help:"The address that people use, for links."`
}

// link is the address that opens an account or signs in once.
func (l linking) link(secret string) string {
	return strings.TrimSuffix(l.BaseURL, "/") + "/invitation/" + secret
}

// Run invites somebody.
func (c *userAddCmd) Run(ctx context.Context, con console) error {
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	role := access.Role(strings.ToUpper(strings.ReplaceAll(c.Role, "-", "_")))
	secret, p, err := people.New(s, time.Now).Invite(ctx, people.Invitation{Email: c.Email, Name: c.Name, Unit: c.Unit, Role: role, Actor: c.Actor, Chapter: c.Chapter})
	if err != nil {
		return err
	}
	if secret == "" {
		fmt.Fprintf(con.out, "%s has an account already and is %s now.\n", p.Email, c.Role)
		return nil
	}
	fmt.Fprintf(con.out, "%s is invited as %s. This link works once, within 72 hours; send it to nobody else:\n%s\n", p.Email, c.Role, c.link(secret))
	return nil
}

type tokenCmd struct {
	Create tokenCreateCmd `cmd:"" help:"Make a token with which a program acts for somebody."`
}

type tokenCreateCmd struct {
	working
	Email string   `required:"" placeholder:"E" help:"Whose token it is."`
	Scope []string `placeholder:"SCOPE" help:"read, write or accounts; read and write where none is given."`
	Days  int      `default:"90" help:"After how many days it expires, at most 366."`
	Name  string   `default:"command line" help:"What it is for, as its owner sees it in the list."`
}

// Run makes a token and prints it as the last word: it is shown this once.
func (c *tokenCreateCmd) Run(ctx context.Context, con console) error {
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	k := people.New(s, time.Now)
	p, err := k.Find(ctx, c.Email)
	if err != nil {
		return err
	}
	scopes, err := c.scopes()
	if err != nil {
		return err
	}
	secret, t, err := k.CreateToken(ctx, p.ID, c.Name, scopes, c.Days)
	if err != nil {
		return err
	}
	fmt.Fprintf(con.out, "A token of %s, valid until %s. It is shown this once: %s\n", p.Email, t.ExpiresAt, secret)
	return nil
}

func (c *tokenCreateCmd) scopes() ([]access.Scope, error) {
	var out []access.Scope
	for _, s := range c.Scope {
		scope := access.Scope(strings.ToUpper(s))
		if !slices.Contains(scope.Values(), string(scope)) {
			return nil, fault.New(fault.Invalid, "--scope: %q is no scope. Write read, write or accounts.", s)
		}
		out = append(out, scope)
	}
	return out, nil
}
