package graph_test

import (
	"context"
	"fmt"
	"time"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/actor"
	"adam/ent/chapter"
	"adam/ent/coordinationmechanism"
	"adam/ent/law"
	"adam/ent/need"
	"adam/ent/policydocument"
	"adam/ent/reviewcycle"
	"adam/ent/state"
	"adam/internal/term"
)

// many is more than a page of 25, in every list.
const many = 30

// crowd puts many rows into the lists that the shipped data leaves short or empty: those of the whole catalogue, and
// those of the first three records of each type. Many rows are alike in what they are sorted by.
func crowd(ctx context.Context, tx *ent.Tx) error {
	steps := []func(context.Context, *ent.Tx) error{
		crowdEditions, crowdNeeds, crowdChapters, crowdActivities, crowdMoney, crowdActors, crowdHistory,
	}
	for _, step := range steps {
		if err := step(ctx, tx); err != nil {
			return err
		}
	}
	return nil
}

// bulk creates many rows at once.
func bulk[B any](ctx context.Context, create func(...B) executor, row func(int) B) error {
	rows := make([]B, many)
	for i := range rows {
		rows[i] = row(i)
	}
	return create(rows...).Exec(ctx)
}

type executor interface{ Exec(context.Context) error }

func crowdEditions(ctx context.Context, tx *ent.Tx) error {
	return bulk(ctx, func(b ...*ent.EditionCreate) executor { return tx.Edition.CreateBulk(b...) }, func(i int) *ent.EditionCreate {
		return tx.Edition.Create().SetNumber(i + 1).SetStatus(term.EditionPublished).SetDate("2026-11-24").
			SetReleasedAt("2026-11-24T12:00:00Z").SetSummary("A test edition.")
	})
}

func crowdNeeds(ctx context.Context, tx *ent.Tx) error {
	thailand, err := tx.State.Query().Where(state.Code("THA")).OnlyID(ctx)
	if err != nil {
		return err
	}
	err = bulk(ctx, func(b ...*ent.NeedCreate) executor { return tx.Need.CreateBulk(b...) }, func(i int) *ent.NeedCreate {
		return tx.Need.Create().SetKey(fmt.Sprintf("need-%02d", i)).SetStateID(thailand).SetTitle(fmt.Sprint("Need ", i)).SetAssistanceType(term.AssistAwareness).
			SetCreatedAt(term.Instant(fmt.Sprintf("2026-11-%02dT12:00:00Z", 1+i/4)))
	})
	if err != nil {
		return err
	}
	if err := crowdOffers(ctx, tx, thailand); err != nil {
		return err
	}
	err = bulk(ctx, func(b ...*ent.QuestionnaireCreate) executor { return tx.Questionnaire.CreateBulk(b...) }, func(i int) *ent.QuestionnaireCreate {
		return tx.Questionnaire.Create().SetKey(fmt.Sprintf("q-%02d", i)).SetTitle("Questions").SetKind("STATE")
	})
	if err != nil {
		return err
	}
	asked, err := tx.Questionnaire.Query().Order(ent.Asc("key")).Limit(3).IDs(ctx)
	if err != nil {
		return err
	}
	for _, q := range asked {
		err := bulk(ctx, func(b ...*ent.ResponseCreate) executor { return tx.Response.CreateBulk(b...) }, func(i int) *ent.ResponseCreate {
			return tx.Response.Create().SetQuestionnaireID(q).SetStatus("NOT_ANSWERED").SetNote(fmt.Sprint("Answer ", i))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// crowdOffers gives needs many offers, and activities that may answer them.
func crowdOffers(ctx context.Context, tx *ent.Tx, thailand term.ID) error {
	needs, err := tx.Need.Query().IDs(ctx)
	if err != nil {
		return err
	}
	actors, err := tx.Actor.Query().Order(actor.ByID()).Limit(many).IDs(ctx)
	if err != nil {
		return err
	}
	for _, n := range needs {
		err := bulk(ctx, func(b ...*ent.NeedOfferCreate) executor { return tx.NeedOffer.CreateBulk(b...) }, func(i int) *ent.NeedOfferCreate {
			return tx.NeedOffer.Create().SetNeedID(n).SetOrganisationID(actors[i]).SetStatement("Offer").SetBy("Donor").SetPerson(1).
				SetAt(term.Instant(fmt.Sprintf("2026-11-%02dT12:00:00Z", 1+i/4)))
		})
		if err != nil {
			return err
		}
	}
	_, err = tx.Client().ExecContext(ctx, `UPDATE activities SET assistance_types = '["AWARENESS"]', status = 'IMPLEMENTATION', end_on = ''
		WHERE id IN (SELECT activity_id FROM activity_states WHERE state_id = $1)`, thailand)
	return err
}

func crowdChapters(ctx context.Context, tx *ent.Tx) error {
	chapters, err := tx.Chapter.Query().Order(chapter.ByCode()).Limit(3).IDs(ctx)
	if err != nil {
		return err
	}
	for _, c := range chapters {
		err := bulk(ctx, func(b ...*ent.ReviewCycleCreate) executor { return tx.ReviewCycle.CreateBulk(b...) }, func(i int) *ent.ReviewCycleCreate {
			return tx.ReviewCycle.Create().SetChapterID(c).SetYear(1990 + i/2).SetOpenedOn(term.Date(fmt.Sprintf("2026-01-%02d", i+1))).
				SetNominationDueOn("2026-01-15").SetReviewDueOn("2026-03-01")
		})
		if err != nil {
			return err
		}
		if err := crowdItems(ctx, tx, c); err != nil {
			return err
		}
		for _, statement := range []string{
			`INSERT INTO chapter_laws (chapter_id, law_id) SELECT $1, id FROM laws WHERE 1 = 1 ORDER BY id LIMIT 30 ON CONFLICT DO NOTHING`,
			`INSERT INTO chapter_policies (chapter_id, policy_document_id) SELECT $1, id FROM policies WHERE 1 = 1 ON CONFLICT DO NOTHING`,
		} {
			if _, err := tx.Client().ExecContext(ctx, statement, c); err != nil {
				return err
			}
		}
	}
	return nil
}

// crowdItems gives one cycle of a chapter many items, of which many stand at one place.
func crowdItems(ctx context.Context, tx *ent.Tx, c term.ID) error {
	cycle, err := tx.ReviewCycle.Query().Where(reviewcycle.ChapterID(c)).Order(reviewcycle.ByOpenedOn()).FirstID(ctx)
	if err != nil {
		return err
	}
	laws, err := tx.Law.Query().Order(law.ByID()).Limit(many).IDs(ctx)
	if err != nil {
		return err
	}
	return bulk(ctx, func(b ...*ent.ReviewItemCreate) executor { return tx.ReviewItem.CreateBulk(b...) }, func(i int) *ent.ReviewItemCreate {
		return tx.ReviewItem.Create().SetCycleID(cycle).SetRecordID(laws[i]).SetKind(term.RecordLaw).SetPosition(1 + i/3).SetOwn(true).SetRecordVersion(1)
	})
}

func crowdActivities(ctx context.Context, tx *ent.Tx) error {
	all, err := tx.Activity.Query().Order(activity.BySortName(), activity.ByID()).IDs(ctx)
	if err != nil {
		return err
	}
	for n, a := range all[:3] {
		for _, part := range all[3+n*many:][:many] {
			if _, err := tx.Client().ExecContext(ctx, `UPDATE activities SET part_of_id = $1, follows_id = $1 WHERE id = $2`, a, part); err != nil {
				return err
			}
		}
		err := bulk(ctx, func(b ...*ent.OverlapCreate) executor { return tx.Overlap.CreateBulk(b...) }, func(i int) *ent.OverlapCreate {
			return tx.Overlap.Create().SetKind(term.OverlapSameActivity).SetScore(term.Decimal(fmt.Sprintf("0.%02d", i))).SetRank(i/2).
				SetFoundAt(term.InstantOf(now.Add(time.Duration(i/3)*time.Hour))).AddActivityIDs(a, all[3+i])
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// crowdMoney gives three activities many lines, and the first of them a line that pays for many.
func crowdMoney(ctx context.Context, tx *ent.Tx) error {
	all, err := tx.Activity.Query().Order(activity.BySortName(), activity.ByID()).IDs(ctx)
	if err != nil {
		return err
	}
	for _, a := range all[:3] {
		for i := range many {
			line := tx.Funding.Create().SetAmount(term.Amount(i)).SetCurrency("USD").AddActivityIDs(a)
			if i%3 > 0 {
				line.SetValueOn(term.PartialDate(fmt.Sprint(2000 + i/6)))
			}
			if err := line.Exec(ctx); err != nil {
				return err
			}
		}
	}
	return tx.Funding.Create().SetAmount(7).SetCurrency("USD").SetValueOn("1999").AddActivityIDs(all[:2*many]...).Exec(ctx)
}

func crowdActors(ctx context.Context, tx *ent.Tx) error {
	first, err := tx.Actor.Query().Order(actor.BySortName(), actor.ByID()).Limit(3).IDs(ctx)
	if err != nil {
		return err
	}
	all, err := tx.Activity.Query().IDs(ctx)
	if err != nil {
		return err
	}
	for _, a := range first {
		err := bulk(ctx, func(b ...*ent.ParticipationCreate) executor { return tx.Participation.CreateBulk(b...) }, func(i int) *ent.ParticipationCreate {
			return tx.Participation.Create().SetActorID(a).SetActivityID(all[i]).SetRole(term.Beneficiary)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func crowdHistory(ctx context.Context, tx *ent.Tx) error {
	for _, first := range []func(context.Context) ([]term.ID, error){
		tx.State.Query().Where(state.HasChapter()).Order(state.BySortName()).Limit(3).IDs,
		tx.Actor.Query().Order(actor.BySortName(), actor.ByID()).Limit(3).IDs,
		tx.Law.Query().Order(law.BySortName(), law.ByID()).Limit(3).IDs,
		tx.PolicyDocument.Query().Order(policydocument.BySortName(), policydocument.ByID()).Limit(3).IDs,
		tx.CoordinationMechanism.Query().Order(coordinationmechanism.BySortName(), coordinationmechanism.ByID()).Limit(3).IDs,
		tx.Activity.Query().Order(activity.BySortName(), activity.ByID()).Limit(3).IDs,
		tx.Need.Query().Order(need.ByKey()).IDs, // listed by the time of the last change, which is the same for all
	} {
		records, err := first(ctx)
		if err != nil {
			return err
		}
		for _, r := range records {
			err := bulk(ctx, func(b ...*ent.HistoryEntryCreate) executor { return tx.HistoryEntry.CreateBulk(b...) }, func(i int) *ent.HistoryEntryCreate {
				return tx.HistoryEntry.Create().SetRecordID(r).SetVersion(2 + i/2).SetVisibility(term.Public).SetBy("A test").
					SetAction(term.ActionUpdated)
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}
