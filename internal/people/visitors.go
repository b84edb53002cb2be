package people

import (
	"context"
	"net/netip"
	"strings"

	"adam/ent"
	"adam/ent/predicate"
	"adam/ent/session"
	"adam/internal/fault"
	"adam/internal/term"
)

// Visitors who are about to sign in have a session too, though nobody knows them. So that strangers cannot fill the
// database, each network may have a few that have not ended, and the newest of all are kept. Both are counted in the
// table, which all servers share, right after the row was written: so the row that is one too many is always seen,
// however many are written at once.
const (
	mostOfNetwork = 100    // enough for an office that shares one address: signing in ends the visitor's session
	mostVisitors  = 10_000 // a few megabytes
	sweptAtOnce   = 1_000  // rows; more are there only when servers have written at once
)

// networkPrefix marks, in the column for what a browser calls itself, where a visitor comes from.
const networkPrefix = "from "

// NetworkOf is the network that counts as one client: an IPv4 address, or the 64 bits of IPv6 that one household has.
func NetworkOf(a netip.Addr) string {
	bits := 64
	if a = a.Unmap(); a.Is4() {
		bits = 32
	}
	p, err := a.WithZone("").Prefix(bits)
	if err != nil || !p.IsValid() {
		return "nowhere" // outside of a server
	}
	return p.String()
}

// visitors finds the sessions of visitors.
func visitors() predicate.Session {
	return session.And(session.PersonIDIsNil(), session.ClientHasPrefix(networkPrefix))
}

func isVisitors(row *ent.Session) bool {
	return row.PersonID == nil && strings.HasPrefix(row.Client, networkPrefix)
}

// bound takes back a visitor's session that is one too many of its network, with TOO_MANY and the instant of
// Details["retryAt"] from which there is room, and removes the oldest of all visitors where there are too many.
func (s *Sessions) bound(ctx context.Context, row *ent.Session) error {
	if !isVisitors(row) {
		return nil
	}
	there := s.Store.Client.Session.Query().Where(visitors(), session.Client(row.Client), session.ExpiresAtGT(s.now()))
	n, err := there.Clone().Count(ctx)
	if err != nil {
		return err
	}
	if n <= mostOfNetwork {
		return s.sweepVisitors(ctx)
	}
	if err := s.Store.Client.Session.DeleteOne(row).Exec(ctx); err != nil && !ent.IsNotFound(err) {
		return err
	}
	first, err := firstOf(there.Order(ent.Asc(session.FieldExpiresAt)).First(ctx))
	if err != nil || first == nil {
		return errManyVisitors(s.now()) // they have just ended
	}
	return errManyVisitors(first.ExpiresAt)
}

// errManyVisitors says when there is room again.
func errManyVisitors(until term.Instant) error {
	return &fault.Error{Kind: fault.TooMany,
		Sentence: "Too many people of your network are signing in at this moment. Sign in with your password, or try again after " + until.Time().Format("15:04:05") + " UTC.",
		Details:  map[string]any{"retryAt": string(until)}}
}

// sweepVisitors removes the oldest sessions of visitors beyond the most, ended or not.
func (s *Sessions) sweepVisitors(ctx context.Context) error {
	n, err := s.Store.Client.Session.Query().Where(visitors()).Count(ctx)
	if err != nil || n <= mostVisitors {
		return err
	}
	oldest, err := s.Store.Client.Session.Query().Where(visitors()).Order(ent.Asc(session.FieldCreatedAt, session.FieldID)).
		Limit(min(n-mostVisitors, sweptAtOnce)).IDs(ctx)
	if err != nil {
		return err
	}
	_, err = s.Store.Client.Session.Delete().Where(visitors(), session.IDIn(oldest...)).Exec(ctx)
	return err
}
