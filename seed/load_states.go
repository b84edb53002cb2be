package seed

import (
	"context"
	"slices"
	"strings"

	"adam/ent"
	"adam/ent/membership"
	"adam/ent/source"
	"adam/ent/state"
	"adam/ent/treatyaction"
	"adam/internal/term"

	entgo "entgo.io/ent"
	"entgo.io/ent/dialect/sql"
)

// readVersions reads the version of every record in the database.
func (l *loader) readVersions(ctx context.Context) error {
	read := func(query interface {
		Scan(context.Context, any) error
	}) error {
		var rows []struct {
			ID      term.ID `json:"id"`
			Version int     `json:"version"`
		}
		if err := query.Scan(ctx, &rows); err != nil {
			return err
		}
		for _, r := range rows {
			l.versions[r.ID] = r.Version
		}
		return nil
	}
	for _, q := range []interface {
		Scan(context.Context, any) error
	}{
		l.c.State.Query().Select("id", "version"), l.c.Actor.Query().Select("id", "version"),
		l.c.Law.Query().Select("id", "version"), l.c.PolicyDocument.Query().Select("id", "version"),
		l.c.CoordinationMechanism.Query().Select("id", "version"), l.c.Activity.Query().Select("id", "version"),
	} {
		if err := read(q); err != nil {
			return err
		}
	}
	return nil
}

// states loads the fourteen States with a chapter and the places that the files name.
func (l *loader) states(ctx context.Context) error {
	groups := map[string][]Membership{}
	for _, m := range l.f.Memberships {
		groups[m.Code] = append(groups[m.Code], m)
	}
	for _, s := range l.f.States {
		if err := l.put(ctx, l.state(s, groups[s.ISO3])); err != nil {
			return err
		}
	}
	for _, p := range l.f.Places {
		if err := l.put(ctx, l.place(p, groups[p.Code])); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) state(s State, groups []Membership) item {
	stateID := stateID(s.ISO3)
	create := l.c.State.Create().SetID(stateID).SetKey(s.Key).SetVisibility(term.Public).SetCode(s.ISO3).SetAlpha2(s.ISO2).
		SetM49(s.M49).SetName(s.Name).SetOfficialName(s.OfficialName).SetSubregion(s.Region).SetCapital(s.Capital).
		SetNillableNote(s.Note).SetProvenance(s.Verification).SetConfidence(code[term.Confidence](s.Confidence)).
		SetEvidence(code[term.Evidence](s.Evidence))
	return l.stateItem(stateID, create, struct {
		State  State
		Groups []Membership
	}{s, groups}, func(ctx context.Context, c *ent.Client) error {
		if err := treaties(ctx, c, stateID, s); err != nil {
			return err
		}
		stated := []statedMembership{
			{term.GroupBaliProcess, s.BaliProcessMember, ""},
			{term.GroupASEAN, s.ASEANMember, year(s.ASEANSince)},
			{term.GroupSAARC, s.SAARCMember, year(s.SAARCSince)},
		}
		for _, m := range stated {
			err := c.Membership.Create().SetID(id(term.KindMembership, s.ISO3, string(m.group))).SetStateID(stateID).
				SetGroup(m.group).SetMember(m.member).SetSince(m.since).SetConfidence(code[term.Confidence](s.Confidence)).
				SetEvidence(code[term.Evidence](s.Evidence)).Exec(ctx)
			if err != nil {
				return err
			}
		}
		if err := memberships(ctx, c, stateID, groups); err != nil {
			return err
		}
		return sources(ctx, c, stateID, s.Sources)
	})
}

type statedMembership struct {
	group  term.Group
	member bool
	since  term.PartialDate
}

// place is a State or territory without a chapter. Its key follows the pattern of the States that have one.
func (l *loader) place(p Place, groups []Membership) item {
	stateID := stateID(p.Code)
	create := l.c.State.Create().SetID(stateID).SetKey("state-" + slug(p.Name)).SetVisibility(term.Public).SetCode(p.Code).
		SetAlpha2(p.Alpha2).SetM49(p.M49).SetName(p.Name).SetOfficialName(p.OfficialName).SetSubregion(p.Subregion).
		SetNillableNote(p.Note).SetProvenance(Verification).SetEvidence(term.OwnKnowledge)
	return l.stateItem(stateID, create, struct {
		Place  Place
		Groups []Membership
	}{p, groups}, func(ctx context.Context, c *ent.Client) error {
		return memberships(ctx, c, stateID, groups)
	})
}

func (l *loader) stateItem(stateID term.ID, create *ent.StateCreate, source any, parts func(context.Context, *ent.Client) error) item {
	return item{
		id: stateID, source: source, create: create, given: create.Mutation(), columns: state.Columns, parts: parts,
		update: func() (entgo.Mutation, execer) {
			u := l.c.State.UpdateOneID(stateID)
			return u.Mutation(), u
		},
		clear: func(ctx context.Context, c *ent.Client) error {
			if _, err := c.TreatyAction.Delete().Where(treatyaction.StateID(stateID)).Exec(ctx); err != nil {
				return err
			}
			if _, err := c.Membership.Delete().Where(membership.StateID(stateID)).Exec(ctx); err != nil {
				return err
			}
			return clearSources(ctx, c, stateID)
		},
	}
}

// treaties writes what the State did about the instruments. A Refugee Convention date is called accession by its field;
// without one nothing is known of the mode.
func treaties(ctx context.Context, c *ent.Client, stateID term.ID, s State) error {
	write := func(t term.Treaty, a TreatyAction) error {
		return c.TreatyAction.Create().SetID(id(term.KindTreatyAction, s.ISO3, string(t))).SetStateID(stateID).SetTreaty(t).
			SetParty(a.Party).SetSignedOn(known(a.Signed)).SetBoundOn(known(a.Bound)).SetMode(code[term.TreatyMode](a.Mode)).
			SetConfidence(code[term.Confidence](a.Confidence)).SetNillableNote(a.Note).Exec(ctx)
	}
	refugee := TreatyAction{Party: s.RefugeeConvention1951, Bound: s.RefugeeConventionAccession, Mode: "unknown", Confidence: s.Confidence}
	if refugee.Bound != nil {
		refugee.Mode = "accession"
	}
	for _, t := range []struct {
		treaty term.Treaty
		action TreatyAction
	}{
		{term.UNTOC, s.Treaties.UNTOC}, {term.TIPProtocol, s.Treaties.TraffickingProtocol},
		{term.SOMProtocol, s.Treaties.SmugglingProtocol}, {term.RefugeeConvention, refugee},
	} {
		if err := write(t.treaty, t.action); err != nil {
			return err
		}
	}
	return nil
}

func memberships(ctx context.Context, c *ent.Client, stateID term.ID, groups []Membership) error {
	for _, m := range groups {
		err := c.Membership.Create().SetID(id(term.KindMembership, m.Code, m.Group)).SetStateID(stateID).
			SetGroup(term.Group(m.Group)).SetSince(known(m.Since)).SetNillableNote(m.Note).
			SetConfidence(code[term.Confidence](m.Confidence)).SetEvidence(code[term.Evidence](m.Evidence)).Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}

// chapters makes the chapters that are not there yet. What their State has agreed with the secretariat stays.
func (l *loader) chapters(ctx context.Context) error {
	for _, ch := range l.f.Chapters {
		create := l.c.Chapter.Create().SetID(id(term.KindChapter, ch.Code)).SetCode(ch.Code).SetTitle(ch.Title).
			SetTimeZone(ch.TimeZone).SetStatus(code[term.ReviewStatus](ch.Starts))
		if slices.ContainsFunc(l.f.States, func(s State) bool { return s.ISO3 == ch.Code }) {
			create.SetStateID(stateID(ch.Code))
		}
		if err := create.OnConflict(sql.ConflictColumns("id"), sql.DoNothing()).Exec(ctx); err != nil && !nothingDone(err) {
			return err
		}
	}
	return nil
}

// sources writes the sources of a record of the YAML files.
func sources(ctx context.Context, c *ent.Client, record term.ID, all []Source) error {
	rows := make([]*ent.SourceCreate, len(all))
	for i, s := range all {
		rows[i] = newSource(c, record, i).SetTitle(s.Title).SetPublisher(s.Publisher).SetNillableURL(s.URL).SetAccessedOn(term.Date(s.DateAccessed))
	}
	return c.Source.CreateBulk(rows...).Exec(ctx)
}

// citations writes the sources of a record of the JSON files.
func citations(ctx context.Context, c *ent.Client, record term.ID, all []Citation) error {
	rows := make([]*ent.SourceCreate, len(all))
	for i, s := range all {
		rows[i] = newSource(c, record, i).SetTitle(s.Title).SetPublisher(s.Publisher).SetNillableURL(s.URL).
			SetNillableCopyRead(s.CopyRead).SetNillableNote(s.Note)
	}
	return c.Source.CreateBulk(rows...).Exec(ctx)
}

func newSource(c *ent.Client, record term.ID, position int) *ent.SourceCreate {
	return c.Source.Create().SetID(id(term.KindSource, record.String(), number(position))).SetRecordID(record).
		SetPosition(position).SetKind(term.DeskResearch)
}

func clearSources(ctx context.Context, c *ent.Client, record term.ID) error {
	_, err := c.Source.Delete().Where(source.RecordID(record)).Exec(ctx)
	return err
}

// slug writes a name as a key: small Latin letters and hyphens.
func slug(name string) string {
	plain := strings.NewReplacer("ü", "u", "ç", "c", "ô", "o", "é", "e", "'", "", "’", "", ".", "").Replace(strings.ToLower(name))
	return strings.Join(strings.FieldsFunc(plain, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }), "-")
}
