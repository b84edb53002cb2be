package graph_test

import (
	"strings"

	"adam/internal/access"
	"adam/internal/term"
)

// who is a set of viewers: who may see a row. The sets in these files are written by hand from the model; none is
// computed by the rules that they are there to check.
type who uint16

const (
	anonymous who = 1 << iota
	member
	administrator // has no content: reads what members read
	iom           // reports for IOM
	unodc         // reports for UNODC and for the organisations of the fixture that are called so
	tha           // focal point of Thailand
	lao           // focal point of the Lao PDR
	office        // focal point of the region: the Regional Support Office
	coordinator
	desk    // the secretariat
	several // reports for ILO, is a focal point of the Lao PDR and a coordinator

	nobody   who = 0
	everyone     = several<<1 - 1
	signedIn     = everyone &^ anonymous
	readers      = anonymous | member | administrator // who read editions
)

// Whom a tick of a share reaches.
const (
	coordinators = coordinator | several
	focalPoints  = tha | lao | office | several
	reporters    = iom | unodc | several
)

var viewerNames = []string{"anonymous", "member", "administrator", "iom", "unodc", "tha", "lao", "office", "coordinator", "secretariat", "several"}

func (w who) has(v who) bool { return w&v != 0 }

func (w who) String() string {
	var out []string
	for i, name := range viewerNames {
		if w.has(1 << i) {
			out = append(out, name)
		}
	}
	return strings.Join(out, "+")
}

// each lists the viewers of a set.
func (w who) each() []who {
	var out []who
	for i := range viewerNames {
		if w.has(1 << i) {
			out = append(out, 1<<i)
		}
	}
	return out
}

// open is who sees what has a visibility and owners, in the words of the model.
func open(v term.Visibility, owners who) who {
	switch v {
	case term.Public:
		return everyone
	case term.Members:
		return signedIn
	}
	return desk | owners
}

// viewer is a viewer as the server makes her of an account.
func (w *world) viewer(v who) access.Viewer {
	if v == anonymous {
		return access.Anonymous()
	}
	return access.SignedIn(w.id("person-"+v.String()), "Institution of "+v.String(), w.grants(v))
}

func (w *world) grants(v who) []access.Grant {
	reports := func(labels ...string) []access.Grant {
		var out []access.Grant
		for _, l := range labels {
			out = append(out, access.Grant{Role: access.Reporter, Actor: w.id(l)})
		}
		return out
	}
	keeps := func(code string) access.Grant {
		return access.Grant{Role: access.FocalPoint, Chapter: w.id("chapter " + code), State: w.ids["state "+code]}
	}
	switch v {
	case member:
		return []access.Grant{{Role: access.Member}}
	case administrator:
		return []access.Grant{{Role: access.Administrator}}
	case iom:
		return reports("actor iom")
	case unodc:
		return reports("actor unodc", "actor-public-org", "actor-members-org", "actor-restricted-org", "actor-safe", "actor-restricted-reported-authority")
	case tha:
		return []access.Grant{keeps("THA")}
	case lao:
		return []access.Grant{keeps("LAO")}
	case office:
		return []access.Grant{keeps("REGIONAL")}
	case coordinator:
		return []access.Grant{{Role: access.Coordinator}}
	case desk:
		return []access.Grant{{Role: access.Secretariat}}
	}
	return append(reports("actor ilo"), keeps("LAO"), access.Grant{Role: access.Coordinator})
}
