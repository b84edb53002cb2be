package edition

import (
	"context"

	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
)

// Wanted is the edition that a request asks for: ?edition=N or ?on=DATE. The zero value asks for what is current.
type Wanted struct {
	Number int
	On     term.Date
}

// Serve puts into the context what a viewer may read: the public edition for everyone, the members' edition for
// members, the working store for those who keep the catalogue, unless they ask for an edition. done must be called when
// the answer is written.
func (s *Shelf) Serve(ctx context.Context, v access.Viewer, w Wanted) (served context.Context, done func(), err error) {
	audience := access.Public // also of a viewer of whom nothing is known
	switch v.Audience {
	case access.Members:
		audience = access.Members
	case access.Working:
		if w == (Wanted{}) && s.store != nil {
			return Into(ctx, s.store.Client, access.Working, 0), func() {}, nil
		}
		audience = access.Members // the largest that an edition is cut for
	}
	o, err := s.wanted(ctx, audience, w)
	if err != nil {
		return nil, nil, err
	}
	return With(ctx, o), o.Release, nil
}

func (s *Shelf) wanted(ctx context.Context, a access.Audience, w Wanted) (*Open, error) {
	switch {
	case w.Number != 0 && w.On != "":
		return nil, fault.New(fault.Invalid, "Ask for an edition by its number or by a day, not by both.")
	case w.Number != 0:
		return s.Number(ctx, a, w.Number)
	case w.On != "":
		return s.On(ctx, a, w.On)
	}
	return s.Current(ctx, a)
}
