package iati

import (
	"fmt"
	"strings"

	"adam/internal/term"
)

// parser understands one activity.
type parser struct {
	o        *Options
	rep      *Report
	top      *node
	a        *Activity
	declared string // the version of the file
}

// problem tells of something at an element, or at one of its attributes. The path is made only where it will be told:
// a file may have millions.
func (p *parser) problem(n *node, attr string, severity Severity, sort Sort, value, format string, args ...any) {
	if severity == Error {
		p.a.Errors++
	}
	out := Problem{Sort: sort, Severity: severity, Activity: term.Clip(p.a.Identifier), Value: value}
	if p.rep.Counts[sort] < p.o.MostProblems {
		if n == nil {
			n = p.top
		}
		out.Line, out.Path, out.Sentence = n.line, n.path(), fmt.Sprintf(format, args...)
		if attr != "" {
			out.Path += "/@" + attr
		}
	}
	p.rep.add(out, p.o.MostProblems)
}

// activity reads the whole activity.
func (p *parser) activity() {
	n, a := p.top, p.a
	a.Old = p.old()
	a.Language, a.Currency = p.language(n, ""), strings.ToUpper(n.attr("default-currency"))
	a.LastUpdated, a.Hierarchy = n.attr("last-updated-datetime"), n.attr("hierarchy")
	a.Humanitarian, a.BudgetNotProvided = n.attr("humanitarian"), n.attr("budget-not-provided")
	p.identifier()
	if a.Currency != "" && !knownCurrency(a.Currency) {
		p.problem(n, "default-currency", Warning, BadCurrency, a.Currency, "This is no currency of ISO 4217. Expected are three capitals, such as USD. It is kept as it is.")
	}
	for _, k := range n.kids {
		if k.space == "" {
			p.part(k)
		}
	}
	p.required()
	p.shares(a.Countries, a.Regions, a.Sectors)
	p.ours()
	p.leftovers(n)
	if !a.Old {
		p.shape(n, "")
	}
}

// old says whether an activity is written as in the versions 1.01 to 1.05: texts stand in elements themselves, not in narratives.
func (p *parser) old() bool {
	for _, name := range []string{"title", "reporting-org", "participating-org", "description"} {
		if k := p.top.child(name); k != nil {
			if k.child("narrative") != nil {
				return false
			}
			if k.own() != "" {
				return true
			}
		}
	}
	return strings.HasPrefix(p.declared, "1.")
}

func (p *parser) identifier() {
	n := p.top.child("iati-identifier")
	if n == nil {
		p.problem(p.top, "", Error, BadIdentifier, "", "The activity has no <iati-identifier>. Expected is one, such as XM-DAC-41121-2023; without it the activity cannot be found again.")
		return
	}
	p.a.Identifier = n.own()
	switch {
	case p.a.Identifier == "":
		p.problem(n, "", Error, BadIdentifier, "", "The identifier is empty. Expected is one, such as XM-DAC-41121-2023; without it the activity cannot be found again.")
	case strings.ContainsAny(p.a.Identifier, " /&|?"):
		p.problem(n, "", Warning, BadIdentifier, p.a.Identifier, "The identifier has a space or one of / & | ?. It is kept as it is.")
	}
}

// part reads one element of the activity.
func (p *parser) part(k *node) {
	a := p.a
	switch k.name {
	case "reporting-org":
		a.Reporter = Reporter{Ref: k.attr("ref"), Type: p.organisationType(k), Name: p.text(k), Secondary: k.attr("secondary-reporter") == "1" || k.attr("secondary-reporter") == "true"}
	case "title":
		a.Title = append(a.Title, p.text(k)...)
	case "description":
		a.Descriptions = append(a.Descriptions, Description{Type: p.optional(k, "type", "DescriptionType"), Text: p.text(k)})
	case "participating-org":
		o := p.org(k, "activity-id")
		o.Role = p.coded(k, "role", "OrganisationRole", k.attr("role"), true)
		a.Participants = append(a.Participants, o)
	case "other-identifier":
		a.OtherIdentifiers = append(a.OtherIdentifiers, p.otherIdentifier(k))
	case "activity-status":
		a.Status = p.code(k, "code", "ActivityStatus")
	case "activity-date":
		a.Dates = append(a.Dates, p.activityDate(k))
	case "contact-info":
		a.Contacts = append(a.Contacts, p.contact(k))
	case "recipient-country":
		a.Countries = append(a.Countries, p.country(k))
	case "recipient-region":
		a.Regions = append(a.Regions, p.region(k))
	case "location":
		a.Locations = append(a.Locations, p.location(k))
	case "sector":
		a.Sectors = append(a.Sectors, p.sector(k))
	default:
		p.detail(k)
	}
}

// detail reads the elements that say how an activity is paid and classified.
func (p *parser) detail(k *node) {
	a := p.a
	switch k.name {
	case "tag":
		a.Tags = append(a.Tags, Tag{p.optional(k, "vocabulary", "TagVocabulary"), k.attr("vocabulary-uri"), k.attr("code"), p.textIfAny(k)})
	case "policy-marker":
		a.PolicyMarkers = append(a.PolicyMarkers, p.policyMarker(k))
	case "activity-scope":
		a.Scope = p.code(k, "code", "ActivityScope")
	case "collaboration-type":
		a.CollaborationType = p.code(k, "code", "CollaborationType")
	case "default-flow-type":
		a.FlowType = p.code(k, "code", "FlowType")
	case "default-finance-type":
		a.FinanceType = p.code(k, "code", "FinanceType")
	case "default-aid-type":
		a.AidTypes = append(a.AidTypes, p.aidType(k))
	case "default-tied-status":
		a.TiedStatus = p.code(k, "code", "TiedStatus")
	case "budget":
		a.Budgets = append(a.Budgets, p.budget(k))
	case "planned-disbursement":
		a.PlannedDisbursement = append(a.PlannedDisbursement, p.budget(k))
	case "transaction":
		a.Transactions = append(a.Transactions, p.transaction(k))
	case "document-link":
		a.Documents = append(a.Documents, p.document(k))
	case "related-activity":
		a.Related = append(a.Related, Related{k.attr("ref"), p.coded(k, "type", "RelatedActivityType", k.attr("type"), true)})
	case "result":
		a.Results = append(a.Results, Result{k.attr("type"), p.textOf(k, "title"), p.textOf(k, "description")})
	}
}

// required tells of what no record can do without.
func (p *parser) required() {
	if len(p.a.Title) == 0 {
		p.problem(p.top.child("title"), "", Error, Missing, "", "The activity has no title. Expected is a <title> with a text.")
	}
	if p.a.Reporter.Ref == "" && len(p.a.Reporter.Name) == 0 {
		p.problem(p.top.child("reporting-org"), "", Error, Missing, "", "Nobody is named who reports the activity. Expected is a <reporting-org> with a ref and a name.")
	}
	if p.a.Status == "" && p.top.child("activity-status") == nil {
		p.problem(p.top, "", Warning, Missing, "", "The activity has no <activity-status>. It counts as unknown.")
	}
	if p.top.child("activity-date") == nil {
		p.problem(p.top, "", Warning, Missing, "", "The activity has no <activity-date>. When it begins is unknown.")
	}
}

// text reads what an element says, in all languages.
func (p *parser) text(n *node) Text {
	t := p.textIfAny(n)
	if len(t) == 0 && n.child("narrative") == nil {
		p.problem(n, "", Warning, EmptyText, "", "There is no text. Expected is one in a <narrative>; leave the element out where there is nothing to say.")
	}
	return t
}

// textIfAny reads what an element says; it may say nothing.
func (p *parser) textIfAny(n *node) (t Text) {
	add := func(n *node, language string) {
		body := n.own()
		if body == "" {
			p.problem(n, "", Warning, EmptyText, "", "The text is empty. Expected is a text, or no <narrative> at all.")
			return
		}
		if strings.ContainsRune(body, '\uFFFD') {
			p.problem(n, "", Warning, LostText, body, "Letters of this text are lost: the file is not in the encoding that it names, or was damaged before.")
		}
		t = append(t, Narrative{language, body})
	}
	language := p.language(n, p.a.Language)
	n.each("narrative", func(k *node) { add(k, p.language(k, language)) })
	if n.child("narrative") == nil && n.own() != "" {
		add(n, language)
	}
	return t
}

// language is that of an element, else the one around it.
func (p *parser) language(n *node, around string) string {
	switch l := n.lang(); l {
	case "":
		return around
	case undetermined:
		p.problem(n, "xml:lang", Warning, UnknownCode, l, "The language cannot be told from xml:lang. Expected is a code of ISO 639-1, such as en.")
		return l
	default:
		return l
	}
}

// textOf reads what a part of an element says.
func (p *parser) textOf(n *node, name string) Text {
	if k := n.child(name); k != nil {
		return p.text(k)
	}
	return nil
}

// optional reads a code that need not be there.
func (p *parser) optional(n *node, attr, list string) string {
	return p.coded(n, attr, list, n.attr(attr), false)
}

func (p *parser) organisationType(n *node) string { return p.optional(n, "type", "OrganisationType") }

func (p *parser) org(n *node, activity string) Org {
	o := Org{Ref: n.attr("ref"), Type: p.organisationType(n), ActivityID: n.attr(activity), Name: p.textIfAny(n)}
	if o.Ref == "" && len(o.Name) == 0 {
		p.problem(n, "", Warning, Missing, "", "The organisation has neither a ref nor a name. Expected is at least one of them.")
	}
	return o
}

// side is who gives or receives a sum; nil where nobody is named.
func (p *parser) side(n *node, name string) *Org {
	k := n.child(name + "-org")
	if k == nil {
		return nil
	}
	o := p.org(k, name+"-activity-id")
	return &o
}

// otherIdentifier reads both ways: version 1 writes the identifier as text, with its owner in attributes.
func (p *parser) otherIdentifier(n *node) OtherIdentifier {
	o := OtherIdentifier{Ref: n.attr("ref"), Type: p.optional(n, "type", "OtherIdentifierType"), OwnerRef: n.attr("owner-ref")}
	if name := n.attr("owner-name"); name != "" {
		o.Owner = Text{{p.a.Language, name}}
	}
	if o.Ref == "" {
		o.Ref = n.own()
	}
	if k := n.child("owner-org"); k != nil {
		o.OwnerRef, o.Owner = k.attr("ref"), p.textIfAny(k)
	}
	if o.Ref == "" {
		p.problem(n, "", Warning, Missing, "", "The other identifier is empty. Expected is ref=\"…\".")
	}
	return o
}
