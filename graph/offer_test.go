package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"adam/ent/needoffer"
	"adam/internal/access"
	"adam/internal/term"
	"adam/internal/testdb"
)

// parties are those who have to do with the needs of Thailand, and some who have not.
type parties struct {
	keeper, focal, other, police, iom, unodc, coordinator, member caller
}

func partiesOf(a *api) parties {
	as := func(name string, g access.Grant) caller { return caller{api: a, viewer: somebody(name, g)} }
	of := func(code string) access.Grant {
		return access.Grant{Role: access.FocalPoint, Chapter: term.HashID(term.KindChapter, code), State: term.HashID(term.KindState, code)}
	}
	reports := func(key string) access.Grant {
		return access.Grant{Role: access.Reporter, Actor: term.HashID(term.KindActor, key)}
	}
	return parties{
		keeper: caller{api: a, viewer: aSecretariat()}, focal: as("Thailand", of("THA")), other: as("Viet Nam", of("VNM")),
		police: as("Police", reports("tha-rtp")), iom: as("IOM", reports("iom")), unodc: as("UNODC", reports("unodc")),
		coordinator: as("Coordinator", access.Grant{Role: access.Coordinator}), member: as("Member", access.Grant{Role: access.Member}),
	}
}

const postNeed = `mutation($in: CreateNeedInput!) { createNeed(input: $in) { need { key version status gapKind authority { key } } } }`

// post posts a need of Thailand and gives its key.
func (c caller) post(t *testing.T, title string, more vars) string {
	t.Helper()
	var out struct {
		CreateNeed struct {
			Need struct{ Key, Status string }
		}
	}
	in := vars{"state": "THA", "title": title, "assistanceType": "LEGISLATIVE", "themes": []string{"SMUGGLING"}, "gapKind": "NO_OFFENCE"}
	for k, v := range more {
		in[k] = v
	}
	c.do(t, postNeed, vars{"in": in}, &out)
	if out.CreateNeed.Need.Status != "OPEN" {
		t.Errorf("a new need is %s", out.CreateNeed.Need.Status)
	}
	return out.CreateNeed.Need.Key
}

type offerNow struct {
	ID, Status, Reason     string
	Version                int
	MayWithdraw, MayAnswer bool
	Organisation           struct{ Key string }
	Steps                  []struct{ Status, Reason string }
	DecidedBy              *struct{ Name string }
}

const offerFields = `{ id version status reason mayWithdraw mayAnswer organisation { key } decidedBy { name } steps { status reason by { name } at ownInterest } }`

// offer offers for a need.
func (c caller) offer(t *testing.T, need string, more vars) (out offerNow) {
	t.Helper()
	var got struct {
		OfferForNeed struct{ Offer offerNow }
	}
	in := vars{"need": need, "statement": "We can help."}
	for k, v := range more {
		in[k] = v
	}
	c.do(t, `mutation($in: OfferForNeedInput!) { offerForNeed(input: $in) { offer `+offerFields+` } }`, vars{"in": in}, &got)
	return got.OfferForNeed.Offer
}

func answerTo(o offerNow, accept bool) vars {
	return vars{"in": vars{"offer": o.ID, "version": o.Version, "accept": accept, "reason": "As agreed."}}
}

const (
	answerOffer = `mutation($in: AnswerOfferInput!) { answerOffer(input: $in) { offer ` + offerFields + ` } }`
	takeBack    = `mutation($in: WithdrawOfferInput!) { withdrawOffer(input: $in) { offer ` + offerFields + ` } }`
	sayMet      = `mutation($in: MeetNeedInput!) { meetNeed(input: $in) { need { status version metBy { key } } } }`
	reopen      = `mutation($in: ReopenNeedInput!) { reopenNeed(input: $in) { need { status version metBy { key } } } }`
)

// status is how far a need is for somebody, in its page and in the list.
func (c caller) status(t *testing.T, need string) string {
	t.Helper()
	var out struct {
		Need struct {
			Status string
			Offers struct{ TotalCount int }
		}
	}
	c.do(t, `query($k: String!) { need(key: $k) { status offers { totalCount } } }`, vars{"k": need}, &out)
	for _, s := range []string{"OPEN", "OFFERED", "MATCHED", "MET"} {
		var list struct {
			Needs struct {
				Edges []struct{ Node struct{ Key string } }
			}
		}
		c.do(t, `query($s: NeedStatus!) { needs(first: 100, filter: {status: [$s]}) { edges { node { key } } } }`, vars{"s": s}, &list)
		in := strings.Contains(fmt.Sprint(list.Needs.Edges), "{"+need+"}")
		if in != (s == out.Need.Status) {
			t.Errorf("%s is %s, and among those that are %s: %v", need, out.Need.Status, s, in)
		}
	}
	return fmt.Sprint(out.Need.Status, out.Need.Offers.TotalCount)
}

func TestWhoMayPostANeed(t *testing.T) {
	writing(t, func(t *testing.T, a *api) {
		p := partiesOf(a)
		for name, c := range map[string]caller{"the focal point": p.focal, "the secretariat": p.keeper, "a coordinator": p.coordinator} {
			c.post(t, "Posted by "+name, nil)
		}
		p.police.post(t, "Posted by the authority", vars{"authority": "tha-rtp"})
		for name, c := range map[string]caller{"another focal point": p.other, "an organisation": p.iom, "a member": p.member} {
			got := c.call(t, postNeed, vars{"in": vars{"state": "THA", "title": "Not by " + name, "assistanceType": "LEGISLATIVE", "authority": "iom"}})
			refused(t, name, got, "FORBIDDEN")
		}
		refused(t, "status by hand", p.keeper.call(t, postNeed, vars{"in": vars{"state": "THA", "title": "Met", "assistanceType": "LEGISLATIVE", "status": "MET"}}), "INVALID")
	})
}

func TestANeedIsOfferedMatchedAndMet(t *testing.T) {
	writing(t, func(t *testing.T, a *api) {
		p := partiesOf(a)
		key := p.focal.post(t, "Draft a smuggling law", nil)
		first := p.iom.offer(t, key, nil)
		second := p.unodc.offer(t, key, vars{"visibility": "MEMBERS"})
		if !first.MayWithdraw || first.MayAnswer || first.Organisation.Key != "iom" {
			t.Errorf("whoever offers sees %+v", first)
		}
		refused(t, "a second offer", p.iom.call(t, `mutation($k: String!) { offerForNeed(input: {need: $k, statement: "More."}) { offer { id } } }`, vars{"k": key}), "INVALID")
		refused(t, "for another", p.iom.call(t, `mutation($k: String!) { offerForNeed(input: {need: $k, organisation: "unodc", statement: "More."}) { offer { id } } }`, vars{"k": key}), "FORBIDDEN")
		refused(t, "a State offers", p.focal.call(t, `mutation($k: String!) { offerForNeed(input: {need: $k, organisation: "unodc", statement: "More."}) { offer { id } } }`, vars{"k": key}), "FORBIDDEN")
		for name, want := range map[*caller]string{&p.focal: "OFFERED2", &p.iom: "OFFERED2", &p.unodc: "OFFERED1", &p.other: "OFFERED1", &p.coordinator: "OFFERED2"} {
			if got := name.status(t, key); got != want {
				t.Errorf("for %s it is %s, want %s", name.viewer.Name, got, want)
			}
		}
		for name, c := range map[string]caller{"whoever offered": p.iom, "a coordinator": p.coordinator} {
			refused(t, name, c.call(t, answerOffer, answerTo(first, true)), "FORBIDDEN")
		}
		refused(t, "one who sees nothing of it", p.other.call(t, answerOffer, answerTo(first, true)), "NOT_FOUND")
		var done struct{ AnswerOffer, WithdrawOffer struct{ Offer offerNow } }
		p.focal.do(t, answerOffer, answerTo(first, true), &done)
		if o := done.AnswerOffer.Offer; o.Status != "ACCEPTED" || o.Version != 2 || o.DecidedBy.Name != "Thailand" {
			t.Errorf("accepted: %+v", o)
		}
		refused(t, "a stale version", p.focal.call(t, answerOffer, answerTo(first, false)), "CONFLICT")
		if got := p.other.status(t, key); got != "OFFERED1" {
			t.Errorf("the acceptance of a restricted offer shows: %s", got)
		}
		if got := p.focal.status(t, key); got != "MATCHED2" {
			t.Errorf("accepted, it is %s", got)
		}
		p.iom.do(t, takeBack, vars{"in": vars{"offer": first.ID, "version": 2, "reason": "No money."}}, &done)
		if got := fmt.Sprint(done.WithdrawOffer.Offer.Steps); got != "[{ACCEPTED As agreed.} {WITHDRAWN No money.}]" {
			t.Errorf("of what was said to the offer there is %s", got)
		}
		if got := p.focal.status(t, key); got != "OFFERED2" {
			t.Errorf("after one took back, it is %s", got)
		}
		refused(t, "an offer that is over", p.focal.call(t, answerOffer, vars{"in": vars{"offer": first.ID, "version": 3, "accept": true, "reason": "Yes."}}), "INVALID")
		p.keeper.do(t, answerOffer, answerTo(second, false), &done)
		if got := p.focal.status(t, key); got != "OPEN2" {
			t.Errorf("with no offer that stands, it is %s", got)
		}
		p.iom.offer(t, key, nil)
	})
}

func TestANeedIsMetAndReopened(t *testing.T) {
	writing(t, func(t *testing.T, a *api) {
		p := partiesOf(a)
		key := p.focal.post(t, "Train the border guard", nil)
		say := vars{"in": vars{"key": key, "version": 1, "reason": "By the training of May.", "activity": "aaptip"}}
		for name, c := range map[string]caller{"a coordinator": p.coordinator, "an organisation": p.iom} {
			refused(t, name, c.call(t, sayMet, say), "FORBIDDEN")
		}
		var out struct {
			MeetNeed, ReopenNeed struct {
				Need struct {
					Status  string
					Version int
					MetBy   *struct{ Key string }
				}
			}
		}
		c := p.focal
		c.once = "met-once"
		c.do(t, sayMet, say, &out)
		c.do(t, sayMet, say, &out)
		if n := out.MeetNeed.Need; n.Status != "MET" || n.Version != 2 || n.MetBy.Key != "aaptip" {
			t.Errorf("met: %+v", n)
		}
		refused(t, "an offer for what is met", p.iom.call(t, `mutation($k: String!) { offerForNeed(input: {need: $k, statement: "More."}) { offer { id } } }`, vars{"k": key}), "INVALID")
		refused(t, "stale", p.focal.call(t, reopen, vars{"in": vars{"key": key, "version": 1, "reason": "Not so."}}), "CONFLICT")
		p.focal.do(t, reopen, vars{"in": vars{"key": key, "version": 2, "reason": "Not so."}}, &out)
		if n := out.ReopenNeed.Need; n.Status != "OPEN" || n.MetBy != nil {
			t.Errorf("reopened: %+v", n)
		}
		n, err := a.store.Client.NeedOffer.Query().Where(needoffer.Statement("More.")).Count(testdb.Context(t))
		if err != nil || n != 0 {
			t.Errorf("%d offers were kept, %v", n, err)
		}
	})
}

// Proposals are in the same State, of the same type, with a theme in common, and not over.
func TestActivitiesThatMayAnswerANeedAreProposed(t *testing.T) {
	writing(t, func(t *testing.T, a *api) {
		p := partiesOf(a)
		key := p.focal.post(t, "Advice on a law", nil)
		for title, more := range map[string]vars{
			"Right": {}, "Elsewhere": {"states": []string{"VNM"}}, "Over": {"startOn": "2019", "endOn": "2020"}, "On another theme": {"themes": []string{"TRAFFICKING"}},
			"Of another type": {"assistanceTypes": []string{"AWARENESS"}}, "Cancelled": {"status": "CANCELLED"}, "Hidden": {"visibility": "RESTRICTED"},
		} {
			in := vars{"title": "Match: " + title, "states": []string{"THA"}, "themes": []string{"SMUGGLING"}, "assistanceTypes": []string{"LEGISLATIVE"}, "startOn": "2099", "status": "PIPELINE",
				"visibility": "PUBLIC", "sources": []vars{{"title": "Plan"}}}
			for k, v := range more {
				in[k] = v
			}
			var ignored any
			p.keeper.do(t, operation(t, "CreateActivity"), vars{"in": in}, &ignored)
		}
		var out struct {
			Need struct {
				MatchingActivities struct {
					TotalCount int
					Edges      []struct {
						Node     struct{ Title string }
						Sentence string
					}
				}
			}
		}
		p.iom.do(t, `query($k: String!) { need(key: $k) { matchingActivities(first: 2) { totalCount verifiedCount edges { node { title } sentence } } } }`, vars{"k": key}, &out)
		m := out.Need.MatchingActivities
		if len(m.Edges) == 0 || m.Edges[0].Node.Title != "Match: Right" || !strings.Contains(m.Edges[0].Sentence, "is to begin in 2099") || !strings.Contains(m.Edges[0].Sentence, "the smuggling of migrants") {
			t.Errorf("proposed: %+v", m)
		}
		for _, e := range m.Edges[min(1, len(m.Edges)):] {
			if strings.HasPrefix(e.Node.Title, "Match: ") {
				t.Errorf("%q is proposed", e.Node.Title)
			}
		}
	})
}

func TestADismissedFlagStaysAwayUntilItsTextChanges(t *testing.T) {
	writing(t, func(t *testing.T, a *api) {
		p := partiesOf(a)
		var made struct {
			CreateActivity struct {
				Activity     struct{ ID, Key string }
				ConceptFlags []struct{ Code string }
			}
			UpdateActivity struct{ ConceptFlags []struct{ Code string } }
		}
		in := vars{"title": "Shelter and return", "summary": "Shelter for victims. It lasts two years.", "states": []string{"THA"}, "themes": []string{"SMUGGLING"}, "sources": []vars{{"title": "Plan"}}, "implementers": []string{"iom"}}
		p.iom.do(t, `mutation($in: CreateActivityInput!) { createActivity(input: $in) { activity { id key } conceptFlags { code } } }`, vars{"in": in}, &made)
		if len(made.CreateActivity.ConceptFlags) != 1 {
			t.Fatalf("the flags are %+v", made.CreateActivity.ConceptFlags)
		}
		id, key, code := made.CreateActivity.Activity.ID, made.CreateActivity.Activity.Key, made.CreateActivity.ConceptFlags[0].Code
		flags := func(all bool) string {
			var out struct {
				Activity struct {
					ConceptFlags []struct {
						Code      string
						Dismissed *struct {
							Reason string
							By     struct{ Name string }
						}
						Earlier []struct {
							Reason    string
							TakenBack struct{ Reason string }
						}
					}
				}
			}
			p.iom.do(t, `query($k: String!, $d: Boolean!) { activity(key: $k) { conceptFlags(dismissed: $d) { code dismissed { reason by { name } at } earlier { reason takenBack { reason by { name } at } } } } }`, vars{"k": key, "d": all}, &out)
			text := ""
			for _, f := range out.Activity.ConceptFlags {
				text += f.Code
				if f.Dismissed != nil {
					text += " " + f.Dismissed.By.Name + ": " + f.Dismissed.Reason
				}
				for _, e := range f.Earlier {
					text += " not: " + e.Reason + " for: " + e.TakenBack.Reason
				}
			}
			return text
		}
		const dismiss = `mutation($in: ConceptFlagInput!) { dismissConceptFlag(input: $in) { record { key } conceptFlags { code dismissed { reason } } } }`
		input := func(version int) vars {
			return vars{"in": vars{"record": id, "version": version, "code": code, "reason": "Victims of crime."}}
		}
		refused(t, "another organisation", p.unodc.call(t, dismiss, input(1)), "NOT_FOUND")
		refused(t, "stale", p.iom.call(t, dismiss, input(9)), "CONFLICT")
		refused(t, "no reason", p.iom.call(t, dismiss, vars{"in": vars{"record": id, "version": 1, "code": code, "reason": " "}}), "INVALID")
		var ignored any
		p.iom.do(t, dismiss, input(1), &ignored)
		refused(t, "twice", p.iom.call(t, dismiss, input(1)), "INVALID")
		if none, all := flags(false), flags(true); none != "" || all != code+" IOM: Victims of crime." {
			t.Errorf("dismissed, the flags are %q and %q", none, all)
		}
		change := func(version int, summary string) {
			p.iom.do(t, `mutation($in: UpdateActivityInput!) { updateActivity(input: $in) { conceptFlags { code } } }`,
				vars{"in": vars{"key": key, "version": version, "summary": summary, "sources": []vars{{"title": fmt.Sprint("Letter ", version)}}}}, &made)
		}
		change(1, "Shelter for victims. It lasts three years.")
		if got := flags(false); got != "" {
			t.Errorf("another sentence changed, and the flag is back: %q", got)
		}
		change(2, "Shelter for all victims. It lasts three years.")
		if got := flags(false); got != code || len(made.UpdateActivity.ConceptFlags) != 1 {
			t.Errorf("its sentence changed, and the flags are %q", got)
		}
		p.iom.do(t, dismiss, input(3), &ignored)
		p.iom.do(t, strings.ReplaceAll(dismiss, "dismissConceptFlag", "restoreConceptFlag"), vars{"in": vars{"record": id, "version": 3, "code": code, "reason": "Of trafficking."}}, &ignored)
		if got := flags(false); got != code+" not: Victims of crime. for: Of trafficking." {
			t.Errorf("taken back, the flags are %q", got)
		}
	})
}
