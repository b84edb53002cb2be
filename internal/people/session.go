package people

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"adam/ent"
	"adam/ent/session"
	"adam/internal/store"
	"adam/internal/term"
)

// The keys of the session's values that have a column of their own.
const (
	PersonKey  = "person"  // the id of who signed in, as term.ID or as its text
	ClientKey  = "client"  // what the browser calls itself
	NetworkKey = "network" // of a visitor who is about to sign in: NetworkOf the client
)

// graceAfterEnd is how long the row of a session stays after its end, without data. It keeps a request that was on its
// way when the session ended from bringing it back.
const graceAfterEnd = time.Hour

// Sessions keeps browser sessions for github.com/alexedwards/scs/v2: set it as the manager's Store, and Codec as its
// Codec. Of a cookie only the hash is kept. It acts as the program.
type Sessions struct {
	Store *store.Store
	Now   func() time.Time
}

// Codec writes the values of a session as JSON. Texts, truth values and whole numbers (as int) come back as they were;
// keep nothing else in a session.
type Codec struct{}

type sessionData struct {
	Deadline time.Time      `json:"deadline"`
	Values   map[string]any `json:"values"`
}

// Encode writes the values and the deadline.
func (Codec) Encode(deadline time.Time, values map[string]any) ([]byte, error) {
	out := make(map[string]any, len(values))
	for key, value := range values {
		switch value := value.(type) {
		case term.ID:
			out[key] = value.String()
		case string, bool, int:
			out[key] = value
		default:
			return nil, fmt.Errorf("a session keeps texts, truth values and int, not %q of type %T", key, value)
		}
	}
	return json.Marshal(sessionData{deadline, out})
}

// Decode reads what Encode wrote.
func (Codec) Decode(b []byte) (time.Time, map[string]any, error) {
	var d sessionData
	in := json.NewDecoder(bytes.NewReader(b))
	in.UseNumber()
	if err := in.Decode(&d); err != nil {
		return time.Time{}, nil, err
	}
	for key, value := range d.Values {
		if n, ok := value.(json.Number); ok {
			whole, err := n.Int64()
			if err != nil {
				return time.Time{}, nil, err
			}
			d.Values[key] = int(whole)
		}
	}
	return d.Deadline, d.Values, nil
}

func (s *Sessions) now() term.Instant { return term.InstantOf(s.Now()) }

// FindCtx gives the data of the session of a cookie; found is false where there is none or it has ended.
func (s *Sessions) FindCtx(ctx context.Context, token string) (b []byte, found bool, err error) {
	row, err := firstOf(s.Store.Client.Session.Query().Where(session.TokenHash(TokenHash(token)), session.ExpiresAtGT(s.now())).Only(inside(ctx)))
	if err != nil || row == nil {
		return nil, false, err
	}
	return row.Data, true, nil
}

// CommitCtx keeps the data of a session until expiry. A session that was ended stays ended. Where too many visitors are
// about to sign in it gives TOO_MANY, with the instant to try again from in Details["retryAt"].
func (s *Sessions) CommitCtx(ctx context.Context, token string, b []byte, expiry time.Time) error {
	ctx = inside(ctx)
	hash := TokenHash(token)
	person, client := columns(b)
	changed, err := s.update(ctx, hash, b, person, client, expiry)
	if err != nil || changed {
		return err
	}
	there, err := s.Store.Client.Session.Query().Where(session.TokenHash(hash)).Exist(ctx)
	if err != nil || there {
		return err
	}
	row, err := s.Store.Client.Session.Create().SetTokenHash(hash).SetNillablePersonID(person).SetData(b).SetClient(client).
		SetCreatedAt(s.now()).SetSeenAt(s.now()).SetExpiresAt(term.InstantOf(expiry)).Save(ctx)
	if isTaken(err) { // another request with the same cookie was first
		_, err = s.update(ctx, hash, b, person, client, expiry)
		return err
	}
	if err != nil {
		return err
	}
	return s.bound(ctx, row)
}

func (s *Sessions) update(ctx context.Context, hash string, b []byte, person *term.ID, client string, expiry time.Time) (bool, error) {
	u := s.Store.Client.Session.Update().Where(session.TokenHash(hash), session.ExpiresAtGT(s.now())).
		SetData(b).SetClient(client).SetSeenAt(s.now()).SetExpiresAt(term.InstantOf(expiry))
	if person == nil {
		u.ClearPersonID()
	} else {
		u.SetPersonID(*person)
	}
	n, err := u.Save(ctx)
	return n > 0, err
}

// columns takes out of the data what has a column of its own.
func columns(b []byte) (*term.ID, string) {
	_, values, err := Codec{}.Decode(b)
	if err != nil {
		return nil, ""
	}
	client, _ := values[ClientKey].(string)
	if network, _ := values[NetworkKey].(string); network != "" {
		client = networkPrefix + network
	}
	text, _ := values[PersonKey].(string)
	id, err := term.ParseID(text)
	if err != nil || id.Kind() != term.KindPerson {
		return nil, client
	}
	return &id, client
}

// DeleteCtx ends the session of a cookie; where there is none it does nothing.
func (s *Sessions) DeleteCtx(ctx context.Context, token string) error {
	return emptied(s.Store.Client.Session.Update().Where(session.TokenHash(TokenHash(token)), session.ExpiresAtGT(s.now())), s.now()).Exec(inside(ctx))
}

// emptied ends the sessions of an update and takes what they held.
func emptied(u *ent.SessionUpdate, now term.Instant) *ent.SessionUpdate {
	return u.SetExpiresAt(now).SetData([]byte{}).SetClient("").ClearPersonID()
}

// AllCtx gives the data of all sessions by the hash of their cookie, since the cookies themselves are not kept.
func (s *Sessions) AllCtx(ctx context.Context) (map[string][]byte, error) {
	rows, err := s.Store.Client.Session.Query().Where(session.ExpiresAtGT(s.now())).All(inside(ctx))
	if err != nil {
		return nil, err
	}
	out := make(map[string][]byte, len(rows))
	for _, row := range rows {
		out[row.TokenHash] = row.Data
	}
	return out, nil
}

// Sweep removes the rows of sessions that ended an hour ago or earlier, and tells how many. Call it now and then.
func (s *Sessions) Sweep(ctx context.Context) (int, error) {
	return s.Store.Client.Session.Delete().Where(session.ExpiresAtLTE(term.InstantOf(s.Now().Add(-graceAfterEnd)))).Exec(inside(ctx))
}

// Find is FindCtx without a context, which scs asks for and does not call.
func (s *Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context, which scs asks for and does not call.
func (s *Sessions) Commit(token string, b []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, b, expiry)
}

// Delete is DeleteCtx without a context, which scs asks for and does not call.
func (s *Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
