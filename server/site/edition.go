package site

import (
	"context"

	"adam/internal/term"
)

// editionDay is the day on which an edition was published. It never changes, so that it is asked for once.
func (s *Site) editionDay(ctx context.Context, number int) term.Date {
	if day, ok := s.days.Load(number); ok {
		return day.(term.Date)
	}
	found, err := EditionDay(ctx, s.api, number)
	if err != nil || found.Edition == nil || found.Edition.Date == "" {
		return ""
	}
	s.days.Store(number, found.Edition.Date)
	return found.Edition.Date
}
