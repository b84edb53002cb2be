package intake

import (
	"cmp"
	"context"
	"regexp"
	"strings"

	"adam/ent"
	"adam/ent/actor"
	"adam/ent/intakeentry"
	"adam/ent/othername"
	"adam/ent/rule"
	"adam/internal/fault"
	"adam/internal/term"
)

// actors knows the organisations of the catalogue by what a file may call them, and those that it adds.
type actors struct {
	by    map[string]term.ID // by identifier, name, other name and acronym; 0 where several share it
	fresh []newActor         // not written yet
	live  map[term.ID]bool   // those that the catalogue has
	back  map[term.ID]int    // those that an undone import took back, with the version that it left
	names map[term.ID]string // of all
	met   map[term.ID]bool   // of those that the catalogue has, which the file names
	added map[term.ID]bool   // by this import
}

// sides are the organisations of a draft, found in the catalogue or added.
type sides struct {
	publisher term.ID
	parties   []term.ID
	provider  []term.ID // of each line; 0 where it is not known
	receiver  []term.ID
}

// newActor is an organisation that the catalogue does not have.
type newActor struct {
	id term.ID
	Org
	kind   term.ActorKind
	stated bool // whether the file says what it is
	of     *Draft
	again  bool // it is there and was taken back
}

// mostNew bounds the organisations that one file may add: each is held in memory.
const mostNew = 100_000

// knowActors reads the organisations of the catalogue. The surest name wins: identifiers, then names, then others.
func knowActors(ctx context.Context, c *ent.Client) (*actors, error) {
	a := &actors{by: map[string]term.ID{}, live: map[term.ID]bool{}, back: map[term.ID]int{}, names: map[term.ID]string{}, met: map[term.ID]bool{}, added: map[term.ID]bool{}}
	all, err := c.Actor.Query().Select(actor.FieldID, actor.FieldName, actor.FieldAcronym, actor.FieldOrganisationIdentifier).Order(actor.ByID()).All(ctx)
	if err != nil {
		return nil, err
	}
	others, err := c.OtherName.Query().Where(othername.HasActorWith(actor.Withdrawn(false))).Select(othername.FieldActorID, othername.FieldName, othername.FieldKind).Order(othername.ByID()).All(ctx)
	if err != nil {
		return nil, err
	}
	if err := a.takenBack(ctx, c); err != nil {
		return nil, err
	}
	for _, x := range all {
		a.live[x.ID], a.names[x.ID] = true, x.Name
		if x.OrganisationIdentifier != nil {
			a.learn(byRef(*x.OrganisationIdentifier), x.ID)
		}
		a.learn(byName(x.Name), x.ID)
		if x.Acronym != nil {
			a.learn(byAcronym(*x.Acronym), x.ID)
		}
	}
	for _, x := range others {
		if x.Kind == term.NameAcronym {
			a.learn(byAcronym(x.Name), x.ActorID)
		} else {
			a.learn(byName(x.Name), x.ActorID)
		}
	}
	return a, nil
}

// takenBack reads which organisations undone imports took back, and nobody has touched since.
func (a *actors) takenBack(ctx context.Context, c *ent.Client) error {
	gone, err := c.Actor.Query().Where(actor.Withdrawn(true)).Select(actor.FieldID, actor.FieldVersion).All(rule.WithWithdrawn(ctx))
	if err != nil {
		return err
	}
	entries, err := c.IntakeEntry.Query().Where(intakeentry.OutcomeEQ(term.IntakeTakenBack), intakeentry.Identifier("")).
		Select(intakeentry.FieldRecordID, intakeentry.FieldVersion).All(ctx)
	if err != nil {
		return err
	}
	left := make(map[term.ID]int, len(entries))
	for _, e := range entries {
		left[e.RecordID] = max(left[e.RecordID], e.Version)
	}
	for _, x := range gone {
		if left[x.ID] == x.Version {
			a.back[x.ID] = x.Version
		} else {
			a.back[x.ID] = 0
		}
	}
	return nil
}

// learn takes down what an organisation is called. What two are called names neither.
func (a *actors) learn(name string, id term.ID) {
	if name == "" {
		return
	}
	if had, known := a.by[name]; known && had != id {
		id = 0
	}
	a.by[name] = id
}

// Publishers write anything into the place of an identifier: what has no hyphen, such as 0 or N/A, is none.
func byRef(ref string) string {
	if !strings.Contains(ref, "-") {
		return ""
	}
	return "ref " + strings.ToUpper(ref)
}

func byName(name string) string {
	if name = rule.SortName(name); name == "" {
		return ""
	}
	return "name " + name
}

func byAcronym(acronym string) string {
	if len(acronym) < 2 {
		return ""
	}
	return "acronym " + strings.ToUpper(acronym)
}

var bracketed = regexp.MustCompile(`\s*\(([^()]*)\)\s*$`)

// find is the organisation that a file names; 0 where the catalogue has none, or several. The whole name goes before what
// stands in brackets after it, and an acronym counts only where nothing else is said.
func (a *actors) find(o Org) term.ID {
	if o.ID != 0 {
		return o.ID
	}
	if id := a.by[byRef(o.Ref)]; id != 0 {
		return id
	}
	names := []string{byName(o.Name)}
	if m := bracketed.FindStringSubmatch(o.Name); m != nil {
		names = append(names, byName(bracketed.ReplaceAllString(o.Name, "")), byAcronym(m[1]))
	}
	if o.Name == strings.ToUpper(o.Name) && !strings.Contains(o.Name, " ") {
		names = append(names, byAcronym(o.Name))
	}
	for _, name := range names {
		if id := a.by[name]; id != 0 {
			return id
		}
	}
	return 0
}

// id is the organisation that a draft names, which is added where the catalogue has none; 0 where none is named.
func (a *actors) id(d *Draft, o Org, role term.ParticipationRole) (term.ID, error) {
	if !o.known() {
		return 0, nil
	}
	if id := a.find(o); id != 0 {
		a.meet(o, id)
		return id, nil
	}
	n := newActor{Org: o, of: d, id: term.HashID(term.KindActor, "iati", cmp.Or(byRef(o.Ref), byName(o.Name), o.Ref, o.Name))}
	if a.live[n.id] { // it was imported, and has another name here now
		a.meet(o, n.id)
		return n.id, nil
	}
	if len(a.added) == mostNew {
		return 0, fault.New(fault.Limit, "The file names more than %d organisations that the catalogue does not have. Send it in parts.", mostNew)
	}
	if version, gone := a.back[n.id]; gone && version > 0 {
		n.again = true
	} else if gone { // somebody withdrew it: what is imported again is another record
		n.id = term.NewID(term.KindActor)
	}
	n.Name = cmp.Or(o.Name, o.Ref)
	n.kind, n.stated = actorKind(o.Type, role)
	a.added[n.id] = true
	a.fresh = append(a.fresh, n)
	a.live[n.id] = true
	if name := byName(n.Name); name != "" {
		a.by[name] = n.id // also where several shared it: from now on this one has it
	}
	a.meet(o, n.id)
	a.names[n.id] = n.Name
	return n.id, nil
}

// meet takes down what a file calls an organisation, so that it is known by its identifier alone too.
func (a *actors) meet(o Org, id term.ID) {
	if ref := byRef(o.Ref); ref != "" {
		if _, known := a.by[ref]; !known {
			a.by[ref] = id
		}
	}
	if !a.added[id] {
		a.met[id] = true
	}
}

// matched is how many organisations of the catalogue the file names.
func (a *actors) matched() int { return len(a.met) }

// name is what an organisation is called here; 0 is one that the catalogue does not have.
func (a *actors) name(id term.ID, o Org) string {
	return cmp.Or(a.names[id], o.Name, o.Ref)
}

// all finds the organisations of a draft.
func (a *actors) all(d *Draft) (*sides, error) {
	s := &sides{}
	var err error
	one := func(o Org, role term.ParticipationRole) (id term.ID) {
		if err == nil {
			id, err = a.id(d, o, role)
		}
		return id
	}
	s.publisher = one(d.Publisher, "")
	for _, p := range d.Parties {
		s.parties = append(s.parties, one(p.Org, p.Role))
	}
	for _, l := range d.Lines {
		s.provider, s.receiver = append(s.provider, one(l.Provider, term.Funding)), append(s.receiver, one(l.Receiver, ""))
	}
	return s, err
}

// actorKind is the kind of an organisation of IATI's list OrganisationType. Where the list does not tell, it is a donor if
// it funds, else an NGO, and its note says that this was not stated.
func actorKind(code string, role term.ParticipationRole) (kind term.ActorKind, stated bool) {
	switch code {
	case "10", "11", "15":
		return term.StateAuthority, true
	case "21", "22", "23", "24":
		return term.NGO, true
	case "30", "70", "71", "72", "73":
		return term.PrivateSector, true
	case "40":
		return term.InternationalOrganization, true
	case "60":
		return term.DonorAgency, true
	case "80":
		return term.Academic, true
	}
	if role == term.Funding {
		return term.DonorAgency, false
	}
	return term.NGO, false
}
