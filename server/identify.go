package server

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/people"
	"adam/internal/term"
)

// errBearer is for a header Authorization that holds no token. A token that is not valid is answered by package people.
var errBearer = fault.New(fault.Unauthenticated, "The header Authorization is not understood. Send it once, as "+
	"\"Authorization: Bearer\" with a token of this site, or leave it out to see what is public.")

// Identify puts whoever asks into the context: the person of the token in the header Authorization; else of the
// session; else a visitor. A header that is there and wrong is refused, never taken for a visitor's: a program must
// notice that it reads less than it thinks. A nil d knows nobody.
func (d *Doors) Identify(next http.Handler) http.Handler {
	if d != nil {
		d.prepare()
		next = d.watched(next)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, err := d.who(r)
		if err != nil {
			Answer(w, r, err)
			return
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// who gives the context of a request with its viewer and, where there are accounts, its session.
func (d *Doors) who(r *http.Request) (context.Context, error) {
	ctx := access.With(r.Context(), access.Anonymous())
	headers, sent := r.Header["Authorization"]
	if d == nil {
		if sent {
			return nil, errBearer
		}
		return ctx, nil
	}
	cookie := ""
	if c, err := r.Cookie(cookieName); err == nil && !sent { // with both, the token counts
		cookie = c.Value
	}
	ctx, err := d.sessions.Load(ctx, cookie)
	if err != nil {
		return nil, err
	}
	if !sent {
		return d.seat(ctx)
	}
	token, ok := bearer(headers)
	if !ok {
		return nil, errBearer
	}
	v, err := d.Keeper.Authenticate(ctx, token)
	if err != nil {
		return nil, err
	}
	return access.With(ctx, v), nil
}

// bearer takes the token out of the one header Authorization.
func bearer(headers []string) (token string, ok bool) {
	if len(headers) != 1 {
		return "", false
	}
	scheme, token, _ := strings.Cut(headers[0], " ")
	return token, strings.EqualFold(scheme, "Bearer") && token != "" && !strings.ContainsAny(token, " \t,")
}

// seat puts the person of the session into the context. A session that is too old for its roles, or whose person may
// not come any more, ends.
func (d *Doors) seat(ctx context.Context) (context.Context, error) {
	id, err := term.ParseID(d.sessions.GetString(ctx, people.PersonKey))
	if err != nil {
		return ctx, nil
	}
	v, err := d.Keeper.Viewer(ctx, id, d.sessions.GetBool(ctx, strongKey))
	known := err == nil
	if !known && fault.KindOf(err) != fault.Unauthenticated {
		return nil, err
	}
	if !known || d.tooOld(ctx, v) {
		return ctx, d.sessions.Destroy(ctx)
	}
	d.touch(ctx)
	return access.With(ctx, v), nil
}

// tooOld says whether the session of a person with much power began too long ago.
func (d *Doors) tooOld(ctx context.Context, v access.Viewer) bool {
	age := d.Keeper.Now().Unix() - int64(d.sessions.GetInt(ctx, sinceKey))
	return (v.Has(access.Secretariat) || v.Has(access.Administrator)) && age > int64(strongLifetime.Seconds())
}

// touch keeps a session that is in use, by one write a minute at most. Whoever reads must not fail because that cannot
// be written.
func (d *Doors) touch(ctx context.Context) {
	now := int(d.Keeper.Now().Unix())
	if now-d.sessions.GetInt(ctx, seenKey) < int(time.Minute.Seconds()) {
		return
	}
	d.sessions.Put(ctx, seenKey, now)
	if _, _, err := d.sessions.Commit(ctx); err != nil {
		Logger(ctx).Warn("a session could not be kept", slog.Any("error", err))
	}
}
