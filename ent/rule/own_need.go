//go:build !codegen

package rule

import (
	"context"
	"fmt"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
)

// ownedNeed: a need belongs to the State that has it: to its focal point, and to the reporter of the authority that asks,
// where she sees it and it is an authority of this State. Another organisation that is named as asking owns nothing by it.
func ownedNeed(s Seer, a string) string {
	mine := oneOf(a+".authority_id", s.Actors())
	if mine != "FALSE" {
		mine += fmt.Sprintf(" AND EXISTS (SELECT 1 FROM {raw}actors u WHERE u.id = %[1]s.authority_id AND u.kind = 'STATE_AUTHORITY' AND u.visibility <> 'RESTRICTED' AND NOT u.withdrawn AND u.state_id = %[1]s.state_id)", a)
	}
	return either(oneOf(a+".state_id", s.States()), mine)
}

// keeps says who may correct records of a kind without answering for them: the secretariat all, coordinators needs.
func keeps(v access.Viewer, k term.Kind) bool {
	return v.Has(access.Secretariat) || k == term.KindNeed && v.Has(access.Coordinator)
}

// MayAnswer lets the viewer in the context speak for the side that has a need: accept an offer, decline it, say that the
// need is met. That is who answers for the need, and the secretariat.
func MayAnswer(ctx context.Context, c *ent.Client, need term.ID) error {
	if there, err := sees(ctx, c, need); err != nil || !there {
		return orUnknown(err, need)
	}
	if v := access.From(ctx); v.Program || v.Has(access.Secretariat) {
		return nil
	}
	mine, err := Owns(ctx, c, need)
	if err != nil || mine {
		return err
	}
	return fault.New(fault.Forbidden, "Only the State that has the need answers offers and says that it is met: its focal point, the reporter of the authority that asks, or the secretariat.")
}

// Answers says of needs that the viewer in the context sees for which of them she speaks: what MayAnswer lets her answer.
func Answers(ctx context.Context, c *ent.Client, needs []term.ID) (map[term.ID]bool, error) {
	v := access.From(ctx)
	return answersForAll(ctx, c, needs, func(term.Kind) bool { return v.Program || v.Has(access.Secretariat) })
}

// MayOffer lets the viewer in the context speak for an organisation that offers: its reporter, and the secretariat.
func MayOffer(ctx context.Context, organisation term.ID) error {
	v := access.From(ctx)
	if v.Program || v.Has(access.Secretariat) {
		return nil
	}
	for _, a := range v.Actors() {
		if a == organisation {
			return nil
		}
	}
	return fault.New(fault.Forbidden, "Only the reporter of an organisation offers for it and takes its offers back, or the secretariat. Ask your organisation's reporter, or write to the secretariat.")
}

// writeOffer lets whoever speaks for an organisation offer, and both sides end an offer. It stays.
func writeOffer(ctx context.Context, m mutation) error {
	if m.Op().Is(ent.OpCreate) {
		organisation, _ := m.Field("organisation_id")
		need, ok := m.Field("need_id")
		if !ok {
			return errForbidden()
		}
		if there, err := sees(ctx, m.Client(), need.(term.ID)); err != nil || !there {
			return orUnknown(err, need.(term.ID))
		}
		return MayOffer(ctx, organisation.(term.ID))
	}
	if m.Op().Is(ent.OpDelete | ent.OpDeleteOne) {
		return errForbidden()
	}
	return eachOf(ctx, m, func(id term.ID) error {
		offer, err := m.Client().NeedOffer.Get(ctx, id)
		if err != nil {
			return err
		}
		if MayOffer(ctx, offer.OrganisationID) == nil {
			return nil
		}
		return MayAnswer(ctx, m.Client(), offer.NeedID)
	})
}
