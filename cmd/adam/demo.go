package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"adam/ent"
	"adam/ent/reviewitem"
	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/fault"
	"adam/internal/overlap"
	"adam/internal/people"
	"adam/internal/review"
	"adam/internal/store"
	"adam/internal/term"
)

// demoPeople are the accounts of a demonstration, one for each role.
var demoPeople = []people.Invitation{
	{Email: "member@demo.example", Role: access.Member},
	{Email: "reporter@demo.example", Role: access.Reporter, Actor: "iom"},
	{Email: "focal-point@demo.example", Role: access.FocalPoint, Chapter: "THA"},
	{Email: "coordinator@demo.example", Role: access.Coordinator},
	{Email: "secretariat@demo.example", Role: access.Secretariat},
	{Email: "administrator@demo.example", Role: access.Administrator},
}

// throwaway puts the database and the editions of a demonstration into a folder that goes when the server stops.
func (c *serveCmd) throwaway() (remove func(), err error) {
	if c.Readonly {
		return nil, fault.New(fault.Invalid, "--demo and --readonly exclude each other: a demonstration has a database of its own.").At("demo")
	}
	dir, err := os.MkdirTemp("", "adam-demo-")
	if err != nil {
		return nil, fault.New(fault.Internal, "The folder for the demonstration cannot be made. Check that the disk has room.").Because(err)
	}
	c.DB, c.Editions = dir+"/adam.db", dir+"/editions"
	return func() { _ = os.RemoveAll(dir) }, nil
}

// stage fills a demonstration: accounts with their links, a review of Thailand under way, and open overlaps. It gives
// what is to be printed.
func (c *serveCmd) stage(ctx context.Context, st *store.Store, k *people.Keeper, baseURL string) ([]string, error) {
	err := st.InTx(ctx, func(ctx context.Context, tx *ent.Tx) error {
		return openReview(ctx, tx, &review.Desk{People: k, BaseURL: baseURL, Now: time.Now})
	})
	if err != nil {
		return nil, err
	}
	if _, err := overlap.NewWatch(st.Client, time.Now).Keep(ctx, st, true); err != nil {
		return nil, err
	}
	if _, err := edition.Release(ctx, st, c.Editions, "A demonstration.", time.Now()); err != nil {
		return nil, err
	}
	lines := []string{"This is a demonstration: everything in it is thrown away when the server stops. Sign in as", ""}
	for _, in := range demoPeople {
		if _, _, err := k.Invite(ctx, in); err != nil {
			return nil, err
		}
		p, err := k.Find(ctx, in.Email)
		if err != nil {
			return nil, err
		}
		secret, err := k.SignInLink(ctx, p.ID)
		if err != nil {
			return nil, err
		}
		lines = append(lines, fmt.Sprintf("%-14s %s", in.Role, linking{baseURL}.link(secret)))
	}
	return append(lines, ""), nil
}

// openReview puts the chapter of Thailand under review, two weeks ago, with a focal point who has answered some of it.
func openReview(ctx context.Context, tx *ent.Tx, desk *review.Desk) error {
	opened := term.DateOf(desk.Now().AddDate(0, 0, -14))
	id, err := desk.Open(ctx, tx, review.Opening{Chapter: "THA", OpenedOn: opened, Addressee: "Ministry of Social Development and Human Security", Reference: "Note 14/2026"})
	if err != nil {
		return err
	}
	if _, err := desk.Nominate(ctx, tx, review.Nomination{Chapter: "THA", Email: "focal-point@demo.example", Unit: "Anti-Trafficking Division"}); err != nil {
		return err
	}
	some, err := tx.ReviewItem.Query().Where(reviewitem.CycleID(id)).Order(reviewitem.ByPosition()).Limit(demoAnswers).All(ctx)
	if err != nil {
		return err
	}
	in := review.Confirmation{Letter: "A demonstration."}
	for _, it := range some {
		in.Items = append(in.Items, review.ItemVersion{ID: it.ID, Version: review.VersionOf(it, it.RecordVersion)})
	}
	_, err = desk.Confirm(ctx, tx, in)
	return err
}

// demoAnswers is how many records the focal point of a demonstration has confirmed already.
const demoAnswers = 9
