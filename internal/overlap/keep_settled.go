package overlap

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/overlap"
	"adam/internal/access"
	"adam/internal/term"
)

// settled marks decisions whose evidence is another than when they were made.
func (k *keeper) settled() error {
	q := k.st.Client.Overlap.Query().Where(overlap.DecisionNEQ(term.OverlapOpen), overlap.Changed(false))
	if !k.all {
		q.Where(overlap.HasActivitiesWith(activity.IDIn(k.changed...)))
	}
	all, err := q.WithActivities(func(q *ent.ActivityQuery) { q.Select(activity.FieldID) }).All(k.ctx)
	if err != nil {
		return err
	}
	for part := range slices.Chunk(all, step/10) {
		if err := k.mark(part); err != nil {
			return err
		}
	}
	return nil
}

// mark notes what stands compared after decisions, and later that it has changed.
func (k *keeper) mark(all []*ent.Overlap) error {
	var ids []term.ID
	for _, o := range all {
		for _, a := range o.Edges.Activities {
			ids = append(ids, a.ID)
		}
	}
	read, err := Reading(k.st.Client.Activity.Query().Where(activity.IDIn(ids...))).All(access.With(k.ctx, asMember))
	if err != nil {
		return err
	}
	says := make(map[term.ID]string, len(read))
	for _, a := range read {
		b, err := json.Marshal(Of(a))
		if err != nil {
			return err
		}
		says[a.ID] = string(b)
	}
	for _, o := range all {
		if err := k.note(o, says); err != nil {
			return err
		}
	}
	return nil
}

// note keeps the digest of what is compared of a pair that was decided on, or marks that it is another one. Of a pair of
// which a member does not see both, it does nothing.
func (k *keeper) note(o *ent.Overlap, says map[term.ID]string) error {
	var texts []string
	for _, a := range o.Edges.Activities {
		if said, seen := says[a.ID]; seen {
			texts = append(texts, said)
		}
	}
	slices.Sort(texts)
	sum := sha256.Sum256([]byte(strings.Join(texts, "\n")))
	now := hex.EncodeToString(sum[:8])
	if len(texts) != 2 || o.Compared == now {
		return nil
	}
	u := k.st.Client.Overlap.Update().Where(overlap.ID(o.ID), overlap.Version(o.Version))
	if o.Compared == "" {
		return u.SetCompared(now).Exec(k.ctx)
	}
	k.did.Changed++
	return u.SetChanged(true).Exec(k.ctx)
}
