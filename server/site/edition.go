package site

import "context"

// editionDate is when an edition was published. It never changes, so that it is asked for once.
func (s *Site) editionDate(ctx context.Context, number int) EditionDate {
	if known, ok := s.days.Load(number); ok {
		return known.(EditionDate)
	}
	found, err := EditionDay(ctx, s.api, number)
	if err != nil || found.Edition == nil || found.Edition.Date == "" {
		return EditionDate{}
	}
	s.days.Store(number, *found.Edition)
	return *found.Edition
}
