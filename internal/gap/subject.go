package gap

import (
	"context"

	"adam/ent"
	"adam/internal/term"
)

// OfLaw is what is checked of a law: its texts, and what the viewer in the context may see of its elements.
func OfLaw(ctx context.Context, l *ent.Law) (Subject, error) {
	s := Subject{Kind: term.RecordLaw, Title: l.Title, Texts: said(l.Summary, l.PenaltyNote), Themes: l.Themes()}
	elements, err := l.Elements(ctx)
	for _, e := range elements {
		r := Provision{Theme: e.Theme, Element: e.Element, Coverage: e.Coverage}
		if e.Article != nil {
			r.Article = *e.Article
		}
		s.Elements = append(s.Elements, r)
	}
	return s, err
}

// OfPolicy is what is checked of a policy.
func OfPolicy(p *ent.PolicyDocument) Subject {
	return Subject{Kind: term.RecordPolicy, Title: p.Title, Texts: said(p.Summary), Themes: p.Themes()}
}

// OfMechanism is what is checked of a coordination mechanism.
func OfMechanism(m *ent.CoordinationMechanism) Subject {
	return Subject{Kind: term.RecordMechanism, Title: m.Name, Texts: said(m.Subject, m.Mandate), Themes: m.Themes()}
}

// OfActivity is what is checked of an activity.
func OfActivity(a *ent.Activity) Subject {
	return Subject{Kind: term.RecordActivity, Title: a.Title, Texts: said(a.Summary, a.Results), Themes: a.Themes()}
}

func said(texts ...*string) (out []string) {
	for _, t := range texts {
		if t != nil {
			out = append(out, *t)
		}
	}
	return out
}
