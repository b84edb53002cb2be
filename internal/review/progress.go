// Package review is how States and organisations verify their records: cycles, items, deadlines.
package review

import (
	"context"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/actor"
	"adam/ent/chapter"
	"adam/ent/coordinationmechanism"
	"adam/ent/law"
	"adam/ent/policydocument"
	"adam/internal/term"
)

// Progress is how many records of a chapter stand where in its review. Where no review was opened, all are pending.
type Progress struct {
	Total, Confirmed, Corrected, Disputed, Withdrawn, Pending int
}

// ProgressOf counts the records of a chapter.
func ProgressOf(ctx context.Context, c *ent.Client, chapterID term.ID) (*Progress, error) {
	counts := []func(context.Context) (int, error){
		c.Actor.Query().Where(actor.HasInChaptersWith(chapter.ID(chapterID)), actor.Withdrawn(false)).Count,
		c.Law.Query().Where(law.HasInChaptersWith(chapter.ID(chapterID)), law.Withdrawn(false)).Count,
		c.PolicyDocument.Query().Where(policydocument.HasInChaptersWith(chapter.ID(chapterID)), policydocument.Withdrawn(false)).Count,
		c.CoordinationMechanism.Query().Where(coordinationmechanism.HasInChaptersWith(chapter.ID(chapterID)), coordinationmechanism.Withdrawn(false)).Count,
		c.Activity.Query().Where(activity.HasInChaptersWith(chapter.ID(chapterID)), activity.Withdrawn(false)).Count,
	}
	p := &Progress{}
	for _, count := range counts {
		n, err := count(ctx)
		if err != nil {
			return nil, err
		}
		p.Total += n
	}
	p.Pending = p.Total
	return p, nil
}
