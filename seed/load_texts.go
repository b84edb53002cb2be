package seed

import (
	"context"
	"errors"
	"strconv"

	stdsql "database/sql"

	"adam/ent"
	"adam/ent/actor"
	"adam/ent/amendment"
	"adam/ent/coordinationmechanism"
	"adam/ent/law"
	"adam/ent/mechanismmember"
	"adam/ent/penalty"
	"adam/ent/policydocument"
	"adam/ent/provision"
	"adam/internal/term"

	entgo "entgo.io/ent"
)

func number(i int) string { return strconv.Itoa(i) }

// nothingDone reports that an insert met a row that is already there; ent tells it as the absence of a result.
func nothingDone(err error) bool { return errors.Is(err, stdsql.ErrNoRows) }

// actors loads the actors, parents first. The agencies of a government are marked as its own.
func (l *loader) actors(ctx context.Context) error {
	governments := map[string]string{}
	for _, g := range l.f.Governments {
		governments[g.Actor] = g.State
	}
	for _, a := range inOrder(l.f.Actors, func(a Actor) string { return a.Key }, func(a Actor) []*string { return []*string{a.Parent} }) {
		government := governments[a.Key]
		if a.Kind == "state_authority" && a.Country != nil {
			government = *a.Country
		}
		if err := l.put(ctx, l.actor(a, government)); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) actor(a Actor, government string) item {
	actorID := id(term.KindActor, a.Key)
	create := l.c.Actor.Create().SetID(actorID).SetKey(a.Key).SetVisibility(term.Public).SetName(a.Name).
		SetNillableAcronym(a.Acronym).SetKind(code[term.ActorKind](a.Kind)).SetStatedRoles(codes[term.StatedRole](a.Roles)).
		SetMandate(a.MandateSummary).SetNillableWebsite(a.Website).SetConfidence(code[term.Confidence](a.Confidence)).
		SetNillableNote(a.Note).SetCheckedAgainstSource(a.CheckedAgainstSource).SetProvenance(a.VerificationStatus).
		AddInChapterIDs(chapterIDs(a.Chapters)...)
	if a.Country != nil {
		create.SetStateID(stateID(*a.Country))
	}
	if government != "" {
		create.SetGovernmentID(stateID(government))
	}
	if a.Parent != nil {
		create.SetParentID(id(term.KindActor, *a.Parent))
	}
	return item{
		id: actorID, create: create, given: create.Mutation(), columns: actor.Columns,
		source: struct {
			Actor      Actor
			Government string
		}{a, government},
		update: func() (entgo.Mutation, execer) {
			u := l.c.Actor.UpdateOneID(actorID).ClearInChapters().AddInChapterIDs(chapterIDs(a.Chapters)...)
			return u.Mutation(), u
		},
		parts: func(ctx context.Context, c *ent.Client) error { return citations(ctx, c, actorID, a.Sources) },
		clear: func(ctx context.Context, c *ent.Client) error { return clearSources(ctx, c, actorID) },
	}
}

// laws loads the laws, replacing ones first.
func (l *loader) laws(ctx context.Context) error {
	before := func(x Law) []*string {
		out := []*string{x.ReplacedBy}
		for _, a := range x.AmendedBy {
			out = append(out, a.Key)
		}
		return out
	}
	for _, x := range inOrder(l.f.Laws, func(x Law) string { return x.Key }, before) {
		if err := l.put(ctx, l.law(x)); err != nil {
			return err
		}
	}
	return nil
}

// criminalisation reads a theme's word: a "no" means that the text is about something else, so nobody has examined it.
var criminalisation = map[string]term.Criminalisation{
	"yes": term.Criminalised, "partly": term.PartlyCriminalised, "no": term.CriminalisationUnread,
}

func (l *loader) law(x Law) item {
	lawID := id(term.KindLaw, x.Key)
	themes, topics := Subjects(LawsFile, x.Themes)
	create := l.c.Law.Create().SetID(lawID).SetKey(x.Key).SetVisibility(term.Public).SetStateID(stateID(x.Country)).
		SetTitle(x.Title).SetNillableTitleLocal(x.TitleLocal).SetNillableNumber(x.Number).SetYear(year(&x.Year)).
		SetAdoptedOn(known(x.Adopted)).SetInForceOn(known(x.InForce)).SetStatus(code[term.LawStatus](x.Status)).
		SetTrafficking(significance(themes, term.Trafficking)).SetSmuggling(significance(themes, term.Smuggling)).SetTopics(noNil(topics)).
		SetCriminalisesTrafficking(criminalisation[x.CriminalisesTrafficking]).
		SetCriminalisesSmuggling(criminalisation[x.CriminalisesSmuggling]).
		SetNillablePenaltyNote(x.Penalties.Note).SetKeyArticles(noNil(x.KeyArticles)).SetSummary(x.Summary).SetNillableNote(x.Note).
		SetProvenance(x.Verification).SetEvidence(code[term.Evidence](x.Evidence)).SetConfidence(code[term.Confidence](x.Confidence)).
		AddInChapterIDs(chapterIDs([]string{x.Country})...)
	if x.ReplacedBy != nil {
		create.SetReplacedByID(id(term.KindLaw, *x.ReplacedBy))
	}
	return item{
		id: lawID, source: x, create: create, given: create.Mutation(), columns: law.Columns,
		update: func() (entgo.Mutation, execer) {
			u := l.c.Law.UpdateOneID(lawID).ClearInChapters().AddInChapterIDs(chapterIDs([]string{x.Country})...)
			return u.Mutation(), u
		},
		parts: func(ctx context.Context, c *ent.Client) error { return lawParts(ctx, c, lawID, x) },
		clear: func(ctx context.Context, c *ent.Client) error { return clearLaw(ctx, c, lawID) },
	}
}

func lawParts(ctx context.Context, c *ent.Client, lawID term.ID, x Law) error {
	for theme, words := range map[term.Theme][]string{term.Trafficking: x.Elements.Trafficking, term.Smuggling: x.Elements.Smuggling} {
		for _, w := range words {
			err := c.Provision.Create().SetID(id(term.KindProvision, x.Key, string(theme), w)).SetLawID(lawID).SetTheme(theme).
				SetElement(code[term.OffenceElement](w)).SetCoverage(term.Covered).SetFirstReading(true).Exec(ctx)
			if err != nil {
				return err
			}
		}
	}
	for theme, p := range map[term.Theme]*MaxPenalty{term.Trafficking: x.Penalties.Trafficking, term.Smuggling: x.Penalties.Smuggling} {
		if p == nil {
			continue
		}
		create := c.Penalty.Create().SetID(id(term.KindPenalty, x.Key, string(theme))).SetLawID(lawID).SetTheme(theme).SetKind(term.PenaltyLife)
		if !p.Life {
			create.SetKind(term.PenaltyYears).SetYears(p.Years)
		}
		if err := create.Exec(ctx); err != nil {
			return err
		}
	}
	for i, a := range x.AmendedBy {
		create := c.Amendment.Create().SetID(id(term.KindAmendment, x.Key, number(i))).SetLawID(lawID).SetPosition(i).
			SetTitle(a.Title).SetNillableNumber(a.Number).SetYear(year(&a.Year))
		if a.Key != nil {
			create.SetAmendingLawID(id(term.KindLaw, *a.Key))
		}
		if err := create.Exec(ctx); err != nil {
			return err
		}
	}
	return sources(ctx, c, lawID, x.Sources)
}

func clearLaw(ctx context.Context, c *ent.Client, lawID term.ID) error {
	if _, err := c.Provision.Delete().Where(provision.LawID(lawID)).Exec(ctx); err != nil {
		return err
	}
	if _, err := c.Penalty.Delete().Where(penalty.LawID(lawID)).Exec(ctx); err != nil {
		return err
	}
	if _, err := c.Amendment.Delete().Where(amendment.LawID(lawID)).Exec(ctx); err != nil {
		return err
	}
	return clearSources(ctx, c, lawID)
}

var comprehensiveness = map[string]term.Comprehensiveness{
	"yes": term.Comprehensive, "partly": term.PartialPolicy, "no": term.ComprehensivenessUnread,
}

func (l *loader) policies(ctx context.Context) error {
	for _, p := range l.f.Policies {
		if err := l.put(ctx, l.policy(p)); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) policy(p Policy) item {
	policyID := id(term.KindPolicy, p.Key)
	themes, topics := Subjects(PoliciesFile, p.Themes)
	chapters := chapterIDs(ChaptersOfPolicy(p))
	create := l.c.PolicyDocument.Create().SetID(policyID).SetKey(p.Key).SetVisibility(term.Public).SetTitle(p.Title).
		SetNillableNumber(p.Number).SetPeriodFrom(year(p.PeriodFrom)).SetPeriodTo(year(p.PeriodTo)).
		SetStatus(code[term.PolicyStatus](p.Status)).SetLeadAuthority(p.LeadAuthority).
		SetTrafficking(significance(themes, term.Trafficking)).SetSmuggling(significance(themes, term.Smuggling)).SetTopics(noNil(topics)).
		SetComprehensiveTrafficking(comprehensiveness[p.Comprehensive.Trafficking]).
		SetComprehensiveSmuggling(comprehensiveness[p.Comprehensive.Smuggling]).
		SetSummary(p.Summary).SetNillableNote(p.Note).SetProvenance(p.Verification).SetEvidence(code[term.Evidence](p.Evidence)).
		SetConfidence(code[term.Confidence](p.Confidence)).AddInChapterIDs(chapters...)
	if p.Country != RegionalPolicy {
		create.SetStateID(stateID(p.Country))
	}
	return item{
		id: policyID, source: p, create: create, given: create.Mutation(), columns: policydocument.Columns,
		update: func() (entgo.Mutation, execer) {
			u := l.c.PolicyDocument.UpdateOneID(policyID).ClearInChapters().AddInChapterIDs(chapters...)
			return u.Mutation(), u
		},
		parts: func(ctx context.Context, c *ent.Client) error { return sources(ctx, c, policyID, p.Sources) },
		clear: func(ctx context.Context, c *ent.Client) error { return clearSources(ctx, c, policyID) },
	}
}

func (l *loader) mechanisms(ctx context.Context) error {
	for _, m := range l.f.Mechanisms {
		if err := l.put(ctx, l.mechanism(m)); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) mechanism(m Mechanism) item {
	mechanismID := id(term.KindMechanism, m.Key)
	themes, topics := Subjects(MechanismsFile, m.Themes)
	chapters := chapterIDs(l.f.ChaptersOfMechanism(m))
	founded := known(m.Date)
	if founded == "" {
		founded = year(m.Year)
	}
	create := l.c.CoordinationMechanism.Create().SetID(mechanismID).SetKey(m.Key).SetVisibility(term.Public).SetName(m.Name).
		SetNillableAcronym(m.Acronym).SetLevel(code[term.MechanismLevel](m.Scope)).SetForm(code[term.MechanismForm](m.Type)).
		SetStatus(code[term.MechanismStatus](m.Status)).SetNillableSubject(m.Subject).SetMandate(m.Mandate).SetFoundedOn(founded).
		SetNillableSecretariat(m.Secretariat).
		SetTrafficking(significance(themes, term.Trafficking)).SetSmuggling(significance(themes, term.Smuggling)).SetTopics(noNil(topics)).
		SetNillableNote(m.Note).SetProvenance(m.Verification).SetEvidence(code[term.Evidence](m.Evidence)).
		SetConfidence(code[term.Confidence](m.Confidence)).AddInChapterIDs(chapters...)
	if m.Country != nil {
		create.SetStateID(stateID(*m.Country))
	}
	return item{
		id: mechanismID, source: m, create: create, given: create.Mutation(), columns: coordinationmechanism.Columns,
		update: func() (entgo.Mutation, execer) {
			u := l.c.CoordinationMechanism.UpdateOneID(mechanismID).ClearInChapters().AddInChapterIDs(chapters...)
			return u.Mutation(), u
		},
		parts: func(ctx context.Context, c *ent.Client) error { return mechanismParts(ctx, c, mechanismID, m) },
		clear: func(ctx context.Context, c *ent.Client) error {
			if _, err := c.MechanismMember.Delete().Where(mechanismmember.MechanismID(mechanismID)).Exec(ctx); err != nil {
				return err
			}
			return clearSources(ctx, c, mechanismID)
		},
	}
}

func mechanismParts(ctx context.Context, c *ent.Client, mechanismID term.ID, m Mechanism) error {
	var rows []*ent.MechanismMemberCreate
	for i, code := range m.Members {
		rows = append(rows, c.MechanismMember.Create().SetID(id(term.KindMechanismMember, m.Key, code)).SetMechanismID(mechanismID).
			SetPosition(i).SetStateID(stateID(code)))
	}
	for i, name := range m.MemberOrganisations {
		rows = append(rows, c.MechanismMember.Create().SetID(id(term.KindMechanismMember, m.Key, name)).SetMechanismID(mechanismID).
			SetPosition(len(m.Members)+i).SetActorID(id(term.KindActor, OrganisationKey(name))))
	}
	if err := c.MechanismMember.CreateBulk(rows...).Exec(ctx); err != nil {
		return err
	}
	return sources(ctx, c, mechanismID, m.Sources)
}

// noNil keeps an empty list a list: nothing is not unknown here.
func noNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
