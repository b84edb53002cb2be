package iati

import (
	"slices"
	"strings"
)

// held names what the structs of this package have a place for, by element. All else is kept as it was received.
var held = map[string][]string{}

func init() {
	for name, parts := range map[string]string{
		"iati-activity":   "@lang @default-currency @last-updated-datetime @hierarchy @humanitarian @budget-not-provided iati-identifier reporting-org title description participating-org other-identifier activity-status activity-date contact-info activity-scope recipient-country recipient-region location sector tag policy-marker collaboration-type default-flow-type default-finance-type default-aid-type default-tied-status budget planned-disbursement transaction document-link related-activity result",
		"iati-identifier": "", "narrative": "@lang", "title": "@lang narrative", "description": "@lang @type narrative",
		"reporting-org": "@ref @type @secondary-reporter @lang narrative", "participating-org": "@ref @type @role @activity-id @lang narrative",
		"other-identifier": "@ref @type @owner-ref @owner-name owner-org", "owner-org": "@ref @lang narrative",
		"activity-status": "@code @lang", "activity-date": "@type @iso-date @lang narrative",
		"contact-info": "@type organisation department person-name job-title telephone email website mailing-address",
		"organisation": "@lang narrative", "department": "@lang narrative", "person-name": "@lang narrative", "job-title": "@lang narrative",
		"telephone": "", "email": "", "website": "", "mailing-address": "@lang narrative",
		"recipient-country": "@code @percentage @lang narrative", "recipient-region": "@code @vocabulary @vocabulary-uri @percentage @lang narrative",
		"location":       "@ref location-reach location-id name description activity-description administrative point coordinates exactness location-class feature-designation",
		"location-reach": "@code", "location-id": "@code @vocabulary", "name": "@lang narrative", "activity-description": "@lang narrative",
		"administrative": "@code @vocabulary @level", "point": "@srsName pos", "pos": "", "coordinates": "@latitude @longitude", "exactness": "@code", "location-class": "@code", "feature-designation": "@code",
		"sector": "@code @vocabulary @vocabulary-uri @percentage @lang narrative", "tag": "@code @vocabulary @vocabulary-uri @lang narrative",
		"policy-marker": "@code @vocabulary @vocabulary-uri @significance @lang narrative", "activity-scope": "@code",
		"collaboration-type": "@code @lang", "default-flow-type": "@code @lang", "default-finance-type": "@code @lang", "default-aid-type": "@code @vocabulary @lang", "default-tied-status": "@code @lang",
		"budget": "@type @status period-start period-end value", "planned-disbursement": "@type period-start period-end value provider-org receiver-org",
		"period-start": "@iso-date", "period-end": "@iso-date", "value": "@currency @value-date",
		"transaction":      "@ref @humanitarian transaction-type transaction-date value description provider-org receiver-org disbursement-channel sector recipient-country recipient-region flow-type finance-type aid-type tied-status",
		"transaction-type": "@code @lang", "transaction-date": "@iso-date", "provider-org": "@ref @type @provider-activity-id @lang narrative", "receiver-org": "@ref @type @receiver-activity-id @lang narrative",
		"disbursement-channel": "@code @lang", "flow-type": "@code @lang", "finance-type": "@code @lang", "aid-type": "@code @vocabulary @lang", "tied-status": "@code @lang",
		"document-link": "@url @format title description category language document-date", "category": "@code @lang", "language": "@code @lang", "document-date": "@iso-date",
		"related-activity": "@ref @type @lang", "result": "@type title description",
	} {
		held[name] = strings.Fields(parts)
	}
}

// leftovers keeps what has no place, and counts it by name in the report.
func (p *parser) leftovers(n *node) {
	parts := held[n.name]
	for _, a := range n.attrs {
		foreign := a.Name.Space != "" && a.Name.Space != xmlSpace
		if foreign || !slices.Contains(parts, "@"+a.Name.Local) {
			p.keep(n.name+"/@"+a.Name.Local, n.line, a.Value)
		}
	}
	for _, k := range n.kids {
		switch {
		case k.name == "":
		case k.space != "" || !slices.Contains(parts, k.name):
			element := k.name
			if n != p.top {
				element = n.name + "/" + element
			}
			p.keep(element, k.line, k.raw())
		default:
			p.leftovers(k)
		}
	}
}

func (p *parser) keep(element string, line int, raw string) {
	element = brief(element, mostName)
	p.rep.keep(element)
	p.a.Kept = append(p.a.Kept, Kept{element, line, raw})
}

// mostNames bounds the names that a stranger can put into a report.
const mostNames = 500

func (r *Report) keep(element string) {
	element = brief(element, mostName)
	if _, ok := r.Kept[element]; !ok && len(r.Kept) >= mostNames {
		element = "…"
	}
	r.Kept[element]++
}
