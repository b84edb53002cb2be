package intake

import (
	"cmp"
	"strings"

	"adam/ent"
	"adam/ent/intake"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
)

// begin writes the import itself, on which all else hangs. What it did is saved when it has done it.
func (in *taking) begin() error {
	if in.id != 0 {
		return nil
	}
	if in.id = in.o.into; in.id != 0 {
		return nil
	}
	in.id = term.NewID(term.KindIntake)
	v := access.From(in.ctx)
	return in.c.Intake.Create().SetID(in.id).SetFile(in.o.Name).SetKind(in.kind).SetDigest("").SetBytes(0).SetFormat("").SetPublisher("").SetRules(in.rep.Rules).
		SetAt(term.InstantOf(in.o.Now)).SetBy(v.Name).SetPerson(v.Person).SetCounts(term.IntakeCounts{}).SetProblems([]term.IntakeProblem{}).
		SetNotHeld(map[string]int{}).SetStayed([]string{}).SetAsked(term.IntakeAsked{}).SetForeseen([]term.IntakeItem{}).SetAppliedAt(term.InstantOf(in.o.Now)).Exec(in.ctx)
}

// save writes what the import did, also of a file that was sent and in which nothing was new.
func (in *taking) save() error {
	id := cmp.Or(in.id, in.o.into)
	if id == 0 {
		return nil
	}
	u := noted(in.c.Intake.Update().Where(intake.ID(id)), in.rep).SetStatus(term.IntakeApplied).SetAppliedAt(term.InstantOf(in.o.Now))
	if in.o.into != 0 {
		u.Where(intake.StatusEQ(term.IntakeWriting), intake.Worker(in.o.worker)).SetForeseen([]term.IntakeItem{}).SetWorker("").SetHeldUntil("")
	}
	n, err := u.Save(in.ctx)
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "Another server has taken the file over. Look at the import again.")
	}
	return err
}

// noted puts what a report says into an import.
func noted(u *ent.IntakeUpdate, r *Report) *ent.IntakeUpdate {
	problems := r.Problems
	if problems == nil {
		problems = []term.IntakeProblem{}
	}
	u.SetDigest(r.Digest).SetFormat(r.Format).SetPublisher(strings.Join(r.Publishers, "\n")).SetCounts(r.Counts).SetProblems(problems).SetNotHeld(r.NotHeld)
	if r.Bytes > 0 { // else it was not read, and has as many as came
		u.SetBytes(r.Bytes)
	}
	if r.Licence != "" {
		u.SetLicence(r.Licence)
	}
	if len(r.Mappings) == 1 { // of several sheets each is guessed, or was said before
		u.SetMapping(mappingText(r.Mappings[0]))
	}
	return u
}
