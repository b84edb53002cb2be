package graph_test

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"

	"adam/internal/access"
	"adam/internal/people"
	"adam/internal/term"
	"adam/internal/testdb"
)

// resident makes an account with a role and gives a caller who has signed in to it.
func resident(t *testing.T, a *api, in people.Invitation) caller {
	t.Helper()
	k := people.New(a.store, clock)
	_, p, err := k.Invite(testdb.Context(t), in)
	if err != nil {
		t.Fatal(err)
	}
	v, err := k.Viewer(testdb.Context(t), p.ID, true)
	if err != nil {
		t.Fatal(err)
	}
	return caller{api: a, viewer: v}
}

type invitationAnswer struct {
	InvitePerson, DelegateRole, HandOverRole struct {
		Role struct {
			ID, Role string
			Until    *string
			Chapter  *struct{ Code string }
			Actor    *struct{ Key string }
		}
		Secret *string
	}
}

const invite = `mutation($in: InvitePersonInput!) { invitePerson(input: $in) { role { id role until chapter { code } actor { key } } secret } }`

// What the pages of accounts do, the API does too (rule 7).
func TestAccountsAreKeptThroughTheAPI(t *testing.T) {
	writing(t, func(t *testing.T, a *api) {
		admin := resident(t, a, people.Invitation{Email: "admin@example.org", Role: access.Administrator})
		var out invitationAnswer
		admin.do(t, invite, vars{"in": vars{"email": "focal@example.org", "role": "FOCAL_POINT", "chapter": "LAO"}}, &out)
		if got := out.InvitePerson; got.Role.Role != "FOCAL_POINT" || got.Role.Chapter == nil || got.Role.Chapter.Code != "LAO" || got.Secret == nil {
			t.Fatalf("invited %+v", got)
		}
		focal := resident(t, a, people.Invitation{Email: "focal@example.org", Role: access.FocalPoint, Chapter: "LAO"})
		var me struct {
			Viewer struct {
				Email string
				Roles []struct{ ID, Role string }
			}
		}
		focal.do(t, `{ viewer { email roles { id role } sessions { id } tokens { id } } }`, nil, &me)
		if me.Viewer.Email != "focal@example.org" || len(me.Viewer.Roles) != 1 {
			t.Fatalf("the focal point is %+v", me)
		}
		role := me.Viewer.Roles[0].ID
		focal.do(t, `mutation($in: DelegateRoleInput!) { delegateRole(input: $in) { role { id role until chapter { code } } secret } }`,
			vars{"in": vars{"role": role, "email": "deputy@example.org", "until": string(term.DateOf(now.AddDate(0, 1, 0)))}}, &out)
		if out.DelegateRole.Role.Until == nil || out.DelegateRole.Secret == nil {
			t.Errorf("passed on %+v", out.DelegateRole)
		}
		focal.do(t, `mutation($in: HandOverRoleInput!) { handOverRole(input: $in) { role { id role chapter { code } } secret } }`,
			vars{"in": vars{"role": role, "email": "next@example.org", "reason": "Moved."}}, &out)
		if out.HandOverRole.Role.Chapter == nil || out.HandOverRole.Secret == nil {
			t.Errorf("handed over %+v", out.HandOverRole)
		}
		if got := focal.call(t, `{ viewer { roles { id } } }`, nil); !strings.Contains(string(got.Data), `"roles":[]`) {
			t.Errorf("the former still holds %s", got.Data)
		}
	})
}

// A retry makes no second token, and shows no secret again.
func TestATokenIsMadeOnceAndShownOnce(t *testing.T) {
	writing(t, func(t *testing.T, a *api) {
		me := resident(t, a, people.Invitation{Email: "member@example.org", Role: access.Member})
		me.once = "token-1"
		var first, second struct {
			CreateToken struct {
				Token  struct{ ID, Name string }
				Secret *string
			}
		}
		const create = `mutation { createToken(input: {name: "Report", scopes: [READ], days: 7}) { token { id name } secret } }`
		me.do(t, create, nil, &first)
		me.do(t, create, nil, &second)
		if first.CreateToken.Secret == nil || second.CreateToken.Secret != nil || first.CreateToken.Token.ID != second.CreateToken.Token.ID {
			t.Errorf("made %+v, then %+v", first, second)
		}
		me.once = ""
		var tokens struct {
			Viewer struct{ Tokens []struct{ ID string } }
		}
		me.do(t, `{ viewer { tokens { id } } }`, nil, &tokens)
		if len(tokens.Viewer.Tokens) != 1 {
			t.Errorf("there are %d tokens", len(tokens.Viewer.Tokens))
		}
	})
}

// Accounts of others are an administrator's; to everybody else they do not exist, by id either.
func TestAccountsAreHiddenFromEverybodyElse(t *testing.T) {
	writing(t, func(t *testing.T, a *api) {
		other := resident(t, a, people.Invitation{Email: "other@example.org", Role: access.Coordinator})
		for _, who := range []caller{resident(t, a, people.Invitation{Email: "secretariat@example.org", Role: access.Secretariat}), {api: a, viewer: access.Anonymous()}} {
			if got := who.call(t, `{ people { email } }`, nil); len(got.Errors) == 0 {
				t.Errorf("%s lists accounts: %s", who.viewer.Name, got.Data)
			}
			got := who.call(t, `query($id: ID!) { node(id: $id) { id } }`, vars{"id": other.viewer.Person.String()})
			if len(got.Errors) != 1 || got.Errors[0].Extensions.Code != "NOT_FOUND" {
				t.Errorf("%s asks for an account by id and gets %+v", who.viewer.Name, got)
			}
		}
	})
}

type addressAnswer struct {
	CreateCalendarAddress struct {
		Address struct {
			ID        string
			RevokedAt *string
		}
		URL, ChapterURL *string
	}
}

const createAddress = `mutation { createCalendarAddress { address { id createdAt revokedAt } url chapterUrl } }`

// However often and at whatever moment the request comes, one address is made, and a secret that is shown works.
func TestACalendarAddressIsMadeOnceAndShownOnce(t *testing.T) {
	writing(t, func(t *testing.T, a *api) {
		me := resident(t, a, people.Invitation{Email: "calendar@example.org", Role: access.Member})
		me.once = "address-1"
		shown, ids, mu := []string{}, map[string]bool{}, sync.Mutex{}
		var group sync.WaitGroup
		for range 6 {
			group.Go(func() {
				got, out := me.call(t, createAddress, nil), addressAnswer{}
				if err := json.Unmarshal(got.Data, &out); err != nil || len(got.Errors) > 0 {
					t.Errorf("%+v, %v", got.Errors, err)
					return
				}
				mu.Lock()
				defer mu.Unlock()
				made := out.CreateCalendarAddress
				ids[made.Address.ID] = true
				if made.URL != nil {
					shown = append(shown, *made.URL, *made.ChapterURL)
				}
			})
		}
		group.Wait()
		if len(ids) != 1 || len(shown) != 2 {
			t.Fatalf("%d addresses were made, %q was shown", len(ids), shown)
		}
		for i, start := range []string{"https://adam.example.org/calendar/all.ics?key=", "https://adam.example.org/calendar/{code}.ics?key="} {
			secret, ok := strings.CutPrefix(shown[i], start)
			if v, err := people.New(a.store, clock).FeedViewer(t.Context(), secret); !ok || err != nil || v.Person != me.viewer.Person {
				t.Errorf("%s reads as %+v, %v", shown[i], v, err)
			}
		}
	})
}

func TestCalendarAddressesAreListedAndRevokedByTheirPerson(t *testing.T) {
	writing(t, func(t *testing.T, a *api) {
		me, other := resident(t, a, people.Invitation{Email: "own@example.org", Role: access.Member}), resident(t, a, people.Invitation{Email: "strange@example.org", Role: access.Member})
		var made addressAnswer
		me.do(t, createAddress, nil, &made)
		const revoke, list = `mutation($id: ID!) { revokeCalendarAddress(address: $id) { id } }`, `{ viewer { calendarAddresses { id createdAt revokedAt } } }`
		v := vars{"id": made.CreateCalendarAddress.Address.ID}
		refused(t, "revoking another's address", other.call(t, revoke, v), "NOT_FOUND")
		for _, who := range []caller{other, {api: a, viewer: access.Anonymous()}} {
			if got := who.call(t, list, nil); strings.Contains(string(got.Data), "createdAt") {
				t.Errorf("another's address is listed: %s", got.Data)
			}
		}
		var out struct {
			Viewer struct {
				CalendarAddresses []struct{ ID, CreatedAt, RevokedAt string }
			}
		}
		for _, revoked := range []string{"", "2026-11-24T12:00:00Z"} {
			me.do(t, list, nil, &out)
			if got := out.Viewer.CalendarAddresses; len(got) != 1 || got[0].ID != v["id"] || got[0].CreatedAt != "2026-11-24T12:00:00Z" || got[0].RevokedAt != revoked {
				t.Errorf("listed are %+v", got)
			}
			if revoked == "" {
				me.do(t, revoke, v, &struct{}{})
			}
		}
		refused(t, "revoking once more", me.call(t, revoke, v), "NOT_FOUND")
	})
}

// An address reads: a token that may not read makes none.
func TestATokenMakesACalendarAddressOnlyWhereItMayRead(t *testing.T) {
	writing(t, func(t *testing.T, a *api) {
		me := resident(t, a, people.Invitation{Email: "scoped@example.org", Role: access.Member})
		for _, scopes := range [][]access.Scope{{access.ScopeAccounts}, {access.ScopeRead, access.ScopeWrite}} {
			me.viewer.Scopes = scopes
			refused(t, "a token without a scope", me.call(t, createAddress, nil), "FORBIDDEN")
		}
		me.viewer.Scopes = []access.Scope{access.ScopeAccounts, access.ScopeRead}
		me.do(t, createAddress, nil, &addressAnswer{})
	})
}
