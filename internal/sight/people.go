package sight

import (
	"context"
	"fmt"
	"time"

	"adam/internal/access"
	"adam/internal/people"
	"adam/internal/term"
)

// Secret stands where nothing is ever shown to anybody.
const Secret = "quokka-secret-of-an-account"

// Now is the clock of these tests.
var Now = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// SessionOf and TokenOf are the secrets with which the browser and the program of a viewer come in.
func SessionOf(v Who) string { return "session-of-" + v.String() }
func TokenOf(v Who) string   { return "adam_token-of-" + v.String() }

const at = "2026-01-01T00:00:00Z"

// people have accounts, which they and administrators see.
func (w *World) people(ctx context.Context) {
	for _, v := range (Everyone &^ Anonymous).Each() {
		label := "person-" + v.String()
		id := w.row(term.KindPerson, label, v|Administrator|told(v))
		w.c.Person.Create().SetID(id).SetEmail(w.canary(label) + "@example.org").SetName("Name " + w.canary(label)).SetInstitution("Institution of " + v.String()).
			SetPasswordHash(Secret).SetCreatedAt(at).ExecX(ctx)
		w.roles(ctx, v)
		w.comingIn(ctx, v)
	}
	w.leftovers(ctx)
}

// told are those whom a review of her chapter tells that a viewer is its focal point: the secretariat, and whoever is asked
// with her.
func told(v Who) Who {
	switch {
	case (LAO | Several).Has(v):
		return Desk | LAO | Several
	case (THA | Office).Has(v):
		return Desk
	}
	return Nobody
}

// roles keeps what a viewer is granted, so that the server makes of her account what Viewer says.
func (w *World) roles(ctx context.Context, v Who) {
	for i, g := range w.grants(v) {
		id := w.row(term.KindGrant, fmt.Sprintf("grant-%s-%d", v, i), v|Administrator|told(v))
		q := w.c.Grant.Create().SetID(id).SetPersonID(w.ID("person-" + v.String())).SetRole(g.Role).SetGivenAt(at)
		if g.Actor != 0 {
			q.SetActorID(g.Actor)
		}
		if g.Chapter != 0 {
			q.SetChapterID(g.Chapter)
		}
		q.ExecX(ctx)
	}
}

// comingIn gives a viewer a session that has shown two factors, and a token for all that she may read. Both were used
// just now: else reading would write that down.
func (w *World) comingIn(ctx context.Context, v Who) {
	p, now, until := w.ID("person-"+v.String()), term.InstantOf(Now), Now.AddDate(0, 0, 1)
	data, err := people.Codec{}.Encode(until, map[string]any{people.PersonKey: p, people.ClientKey: "Browser", "strong": true, "since": int(Now.Unix()), "seen": int(Now.Unix())})
	if err != nil {
		panic(err)
	}
	s := w.row(term.KindSession, "session-"+v.String(), v|Administrator)
	w.c.Session.Create().SetID(s).SetPersonID(p).SetTokenHash(people.TokenHash(SessionOf(v))).SetData(data).SetClient("Browser " + w.canary("session-"+v.String())).
		SetCreatedAt(now).SetSeenAt(now).SetExpiresAt(term.InstantOf(until)).ExecX(ctx)
	t := w.row(term.KindToken, "token-"+v.String(), v|Administrator)
	w.c.Token.Create().SetID(t).SetPersonID(p).SetName(w.canary("token-" + v.String())).SetSecretHash(people.TokenHash(TokenOf(v))).
		SetScopes([]access.Scope{access.ScopeRead, access.ScopeAccounts}).SetCreatedAt(now).SetUsedAt(now).SetExpiresAt(term.InstantOf(until)).ExecX(ctx)
}

// leftovers are what an account has kept of what is over, and what nobody is ever shown.
func (w *World) leftovers(ctx context.Context) {
	p := w.ID("person-iom")
	own := func(kind term.Kind, label string) (term.ID, string) {
		return w.row(kind, label, IOM|Administrator), w.canary(label)
	}
	id, s := own(term.KindGrant, "grant")
	w.c.Grant.Create().SetID(id).SetPersonID(p).SetRole(access.Member).SetGivenAt(at).SetEndedAt(at).SetEndedReason(s).ExecX(ctx)
	id, s = own(term.KindPasskey, "passkey")
	w.c.Passkey.Create().SetID(id).SetPersonID(p).SetHandle(Secret).SetCredential(Secret).SetName(s).SetCreatedAt(at).ExecX(ctx)
	id, s = own(term.KindLogin, "login")
	w.c.Login.Create().SetID(id).SetPersonID(p).SetIssuer(s).SetSubject(s).SetCreatedAt(at).ExecX(ctx)
	id, _ = own(term.KindInvitation, "invitation")
	w.c.Invitation.Create().SetID(id).SetPersonID(p).SetKind(term.LinkReset).SetSecretHash(Secret).SetCreatedAt(at).SetExpiresAt(at).ExecX(ctx)
	id, s = own(term.KindSession, "session")
	w.c.Session.Create().SetID(id).SetPersonID(p).SetTokenHash(Secret).SetData([]byte(Secret)).SetClient(s).SetCreatedAt(at).SetExpiresAt(at).ExecX(ctx)
	id, s = own(term.KindToken, "token")
	w.c.Token.Create().SetID(id).SetPersonID(p).SetName(s).SetSecretHash(Secret).SetScopes([]access.Scope{access.ScopeRead}).SetCreatedAt(at).SetExpiresAt(at).ExecX(ctx)
	id, _ = own(term.KindOnce, "once")
	w.c.OnceKey.Create().SetID(id).SetPerson(p).SetKey(Secret).SetRequestHash(Secret).SetResult(p).SetAt(at).ExecX(ctx)
	w.c.LogEntry.Create().SetID(term.HashID(term.KindLogEntry, "sight")).SetSeq(1_000_000).SetAt(at).SetKind(term.LogDenied).SetSummary(Secret).SetPrevious("0").SetHash("1").ExecX(ctx)
	w.c.LogDetail.Create().SetEntryID(term.HashID(term.KindLogEntry, "sight")).SetSalt("salt").SetText(Secret).ExecX(ctx)
}
