package sight

import (
	"strings"

	"adam/internal/access"
	"adam/internal/term"
)

// Who is a set of viewers: who may see a row. The sets in these files are written by hand from the model; none is
// computed by the rules that they are there to check.
type Who uint16

// The viewers, and some sets of them.
const (
	Anonymous Who = 1 << iota
	Member
	Administrator // has no content: reads what members read
	IOM           // reports for IOM
	UNODC         // reports for UNODC and for the organisations of the fixture that are called so
	THA           // focal point of Thailand
	LAO           // focal point of the Lao PDR
	Office        // focal point of the region: the Regional Support Office
	Coordinator
	Desk    // the secretariat
	Several // reports for ILO, is a focal point of the Lao PDR and a coordinator

	Nobody   Who = 0
	Everyone     = Several<<1 - 1
	SignedIn     = Everyone &^ Anonymous
	Readers      = Anonymous | Member | Administrator // who read editions
)

// Whom a tick of a share reaches.
const (
	coordinators = Coordinator | Several
	focalPoints  = THA | LAO | Office | Several
	reporters    = IOM | UNODC | Several
)

var viewerNames = []string{"anonymous", "member", "administrator", "iom", "unodc", "tha", "lao", "office", "coordinator", "secretariat", "several"}

// Has tells whether some viewer of another set is in this one.
func (w Who) Has(v Who) bool { return w&v != 0 }

func (w Who) String() string {
	var out []string
	for i, name := range viewerNames {
		if w.Has(1 << i) {
			out = append(out, name)
		}
	}
	return strings.Join(out, "+")
}

// Each lists the viewers of a set.
func (w Who) Each() []Who {
	var out []Who
	for i := range viewerNames {
		if w.Has(1 << i) {
			out = append(out, 1<<i)
		}
	}
	return out
}

// open is who sees what has a visibility and owners, in the words of the model.
func open(v term.Visibility, owners Who) Who {
	switch v {
	case term.Public:
		return Everyone
	case term.Members:
		return SignedIn
	}
	return Desk | owners
}

// Viewer is a viewer as the server makes her of an account.
func (w *World) Viewer(v Who) access.Viewer {
	if v == Anonymous {
		return access.Anonymous()
	}
	return access.SignedIn(w.ID("person-"+v.String()), "Institution of "+v.String(), w.grants(v))
}

func (w *World) grants(v Who) []access.Grant {
	reports := func(labels ...string) []access.Grant {
		var out []access.Grant
		for _, l := range labels {
			out = append(out, access.Grant{Role: access.Reporter, Actor: w.ID(l)})
		}
		return out
	}
	keeps := func(code string) access.Grant {
		return access.Grant{Role: access.FocalPoint, Chapter: w.ID("chapter " + code), State: w.ids["state "+code]}
	}
	switch v {
	case Member:
		return []access.Grant{{Role: access.Member}}
	case Administrator:
		return []access.Grant{{Role: access.Administrator}}
	case IOM:
		return reports("actor iom")
	case UNODC:
		return reports("actor unodc", "actor-public-org", "actor-members-org", "actor-restricted-org", "actor-safe", "actor-restricted-reported-authority",
			"actor-public-reported-authority")
	case THA:
		return []access.Grant{keeps("THA")}
	case LAO:
		return []access.Grant{keeps("LAO")}
	case Office:
		return []access.Grant{keeps("REGIONAL")}
	case Coordinator:
		return []access.Grant{{Role: access.Coordinator}}
	case Desk:
		return []access.Grant{{Role: access.Secretariat}}
	}
	return append(reports("actor ilo"), keeps("LAO"), access.Grant{Role: access.Coordinator})
}
