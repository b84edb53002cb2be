package review

import (
	"cmp"

	"adam/ent"
	"adam/internal/fault"
	"adam/internal/term"
)

// sent is an answer as it came in. Whoever comes too late gets it back beside the one that stands, so that nothing that
// she wrote is lost.
type sent struct {
	at         string // where in the request the item stands, of one among many: "input.items[2]"
	version    int
	status     term.ItemStatus
	reason     string
	activeHere *bool
	authority  string
	hold       bool
	letter     string
	input      map[string]any // of a correction
}

// item is the path of the item in the request.
func (s sent) item() string {
	if s.at != "" {
		return s.at + ".id"
	}
	return "input.item"
}

// told is the answer as the interface writes it.
func (s sent) told() (map[string]any, error) {
	out := map[string]any{"version": s.version, "status": string(s.status), "reason": orNone(s.reason), "activeHere": s.activeHere,
		"authority": orNone(s.authority), "notForPublication": s.hold}
	if s.input == nil {
		return out, nil
	}
	plain, err := portable(s.input)
	out["input"] = plain
	return out, err
}

// overtaken tells both values: the answer that was sent, and the one that stands.
func (a *answer) overtaken() error {
	now := VersionOf(a.item, a.now)
	yours, failed := a.sent.told()
	if failed != nil {
		return failed
	}
	err := fault.New(fault.Conflict, "This item or its record was changed since you read it: it is at version %d now, with the answer %s. Look at it again, then answer with that version.",
		now, a.item.Status).At(cmp.Or(a.sent.at, "input") + ".version")
	err.Details = map[string]any{"version": now, "yours": yours, "theirs": map[string]any{"version": now, "status": string(a.item.Status),
		"reason": a.item.Reason, "activeHere": a.item.ActiveHere, "authority": a.item.Authority, "notForPublication": a.item.Hold,
		"by": a.item.By, "at": orNone(string(a.item.At))}}
	return err
}

// overtook tells the same of an answer that came in while this one was written.
func (a *answer) overtook() error {
	now, err := a.tx.ReviewItem.Get(a.ctx, a.item.ID)
	if ent.IsNotFound(err) { // a record that was added, and taken out again
		return within(errNoItem(a.item.ID), a.sent.item())
	}
	if err != nil {
		return err
	}
	a.item = now
	return a.overtaken()
}

// about says that the error is about one part of the request, whatever it named itself.
func about(err error, path string) error {
	if f := fault.As(err); f != nil {
		f.Fields = []string{path}
	}
	return err
}

// within says where in the request something is wrong, unless the error says so itself.
func within(err error, path string) error {
	if f := fault.As(err); f != nil && len(f.Fields) == 0 {
		return f.At(path)
	}
	return err
}
