package edition

import (
	"context"

	"adam/ent"
	"adam/internal/access"
)

type servedKey struct{}

// served is what answers a request: an edition and its audience, or the working store (number 0).
type served struct {
	number   int
	audience access.Audience
}

// Into puts into the context what answers a request: the client that this viewer may read, the audience that it holds
// the records of, and the number of the edition (0 for the working store). No other place in the program chooses a
// client, so none can choose a wrong one.
func Into(ctx context.Context, c *ent.Client, a access.Audience, number int) context.Context {
	return context.WithValue(ent.NewContext(ctx, c), servedKey{}, served{number, a})
}

// From is the edition that answers this request (0: the working store) and its audience.
func From(ctx context.Context) (number int, audience access.Audience) {
	s, _ := ctx.Value(servedKey{}).(served)
	return s.number, s.audience
}
