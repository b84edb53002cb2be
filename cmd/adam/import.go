package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"adam/ent"
	"adam/internal/exchange/iati"
	"adam/internal/exchange/intake"
	"adam/internal/fault"
	"adam/internal/overlap"
	"adam/internal/store"
	"adam/internal/term"
)

type importIATICmd struct {
	importing
	Files []string `arg:"" name:"file" help:"Activity files of the International Aid Transparency Initiative, of any version from 1.01 to 2.03."`
	All   bool     `help:"Take every activity, not only those that belong to this field."`
	Rules string   `placeholder:"FILE" help:"JSON with what belongs to the field: sectors and words, each a list, and need, which is ANY, WORDS or BOTH. What it leaves out stays as it is."`
}

// importing is what the imports of all formats have in common.
type importing struct {
	working
	DryRun bool `name:"dry-run" help:"Only tell what would be written."`
}

// Run imports files, each in a transaction of its own.
func (c *importIATICmd) Run(ctx context.Context, con console) error {
	o := intake.Options{Now: time.Now(), Rules: intake.Whole}
	if !c.All {
		rules, err := c.rules()
		if err != nil {
			return err
		}
		o.Field, o.Rules = iati.NewField(rules), rules.Sentence()
	}
	return c.files(ctx, con, c.Files, o, func(f *os.File) (intake.Source, error) { return intake.IATI(f), nil })
}

// files imports files one by one. One that cannot be taken fails the command, after the others were tried.
func (c *importing) files(ctx context.Context, con console, paths []string, o intake.Options, source func(*os.File) (intake.Source, error)) error {
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	var refused error
	written := false
	for _, path := range paths {
		if err := ctx.Err(); err != nil {
			return err
		}
		rep, err := c.one(ctx, con, s, path, o, source)
		if err != nil {
			fmt.Fprintf(con.err, "%s: %v Nothing of it was written.\n", filepath.Base(path), sentence(err))
			refused = fault.New(fault.Invalid, "Not all files were imported. What is above says why.").Because(err)
			continue
		}
		written = written || rep.Import != 0
		c.tell(con.out, rep)
	}
	if !written {
		return refused
	}
	began := term.Now()
	k, err := overlap.NewWatch(s.Client, time.Now).Keep(ctx, s, false)
	if errors.Is(err, context.Canceled) {
		fmt.Fprintln(con.err, "What is above is imported. Looking for overlaps was stopped; adam overlaps scan does it.")
		return refused
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(con.out, "%d activities were compared with the others: %d new pairs may overlap. Coordinators decide; the first of them are:\n", k.Compared, k.Found)
	return cmp.Or(tellPairs(ctx, con.out, s, began), refused)
}

// sentence is what a person is told of an error.
func sentence(err error) string {
	if f := fault.As(err); f != nil {
		return f.Sentence
	}
	return err.Error() + "."
}

// rules are the standard ones, changed as the file of rules says.
func (c *importIATICmd) rules() (iati.Rules, error) {
	rules := iati.StandardRules()
	if c.Rules == "" {
		return rules, nil
	}
	bad := func(err error) error {
		return fault.New(fault.Invalid, `The rules cannot be read. Expected is JSON such as {"sectors": ["15190"], "words": ["human trafficking", "smuggl*"], "need": "ANY"}.`).At("rules").Because(err)
	}
	f, err := os.Open(c.Rules)
	if err != nil {
		return rules, bad(err)
	}
	defer f.Close()
	d := json.NewDecoder(f)
	d.DisallowUnknownFields()
	if err := d.Decode(&rules); err != nil {
		return rules, bad(err)
	}
	if !slices.Contains(rules.Need.Values(), string(rules.Need)) {
		return rules, bad(nil)
	}
	return rules, nil
}

// one imports or plans one file. Each activity that is not left alone is told as it comes.
func (c *importing) one(ctx context.Context, con console, s *store.Store, path string, o intake.Options, source func(*os.File) (intake.Source, error)) (rep *intake.Report, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fault.New(fault.NotFound, "The file cannot be read. Look at its name and who may read it.").Because(err)
	}
	defer f.Close()
	src, err := source(f)
	if err != nil {
		return nil, err
	}
	o.Name = filepath.Base(path)
	o.Each = func(i intake.Item) { told(con.out, i) }
	if c.DryRun {
		rep, err = intake.Plan(ctx, s.Client, src, o)
	} else {
		err = s.InTx(ctx, func(ctx context.Context, tx *ent.Tx) (err error) {
			rep, err = intake.Apply(ctx, tx, src, o)
			return err
		})
	}
	if rep != nil {
		tellMappings(con.out, rep)
		for _, p := range rep.Problems {
			fmt.Fprintln(con.err, problemLine(rep.File, p))
		}
	}
	return rep, err
}

// told tells of an activity: what becomes of it, its identifier and title, why it belongs, and what differs.
func told(out io.Writer, i intake.Item) {
	outcome := strings.ToLower(string(i.Outcome))
	if outcome == "" {
		outcome = "same"
	}
	fmt.Fprintf(out, "%s\t%s\t%s\t%s\n", outcome, oneLine(i.Identifier), oneLine(i.Title), plainLine(i.Why))
	for _, c := range i.Changes {
		fmt.Fprintf(out, "\t%s: here %s; in the file %s\n", c.Field, orUnknown(c.From), orUnknown(c.To))
	}
}

func orUnknown(s *string) string {
	if s == nil {
		return "unknown"
	}
	return "“" + oneLine(*s) + "”"
}

func problemLine(file string, p term.IntakeProblem) string {
	value := ""
	if p.Value != "" {
		value = " “" + p.Value + "”"
	}
	return fmt.Sprintf("%s:%d: %s%s: %s", file, p.Line, p.Element, value, p.Sentence)
}

// tell tells what became of a file: what was written first, then what needs a look.
func (c *importing) tell(out io.Writer, r *intake.Report) {
	n := r.Counts
	how := "were"
	if c.DryRun {
		how = "would be"
	}
	fmt.Fprintf(out, "%s: %d activities read, %d outside the field. %d %s added and %d changed, %d stand already, %d differ from what is here and stay, %d are another publisher's, %d %s refused.\n",
		r.File, n.Read, n.Outside, n.Created, how, n.Changed, n.Same, n.Differs, n.Secondary, n.Refused, how)
	fmt.Fprintf(out, "%d lines of money %s written; %d are of kinds that the catalogue does not count. %d organisations are in the catalogue already, %d %s added.\n", n.Lines, how, n.LinesLeft, n.Matched, n.Actors, how)
	for _, name := range r.Added {
		fmt.Fprintf(out, "  new organisation: %s\n", oneLine(name))
	}
	for _, name := range slices.Sorted(maps.Keys(r.NotHeld)) {
		fmt.Fprintf(out, "  not held: %s (%d)\n", oneLine(name), r.NotHeld[name])
	}
	switch {
	case c.DryRun:
		fmt.Fprintln(out, "Nothing is written.")
	case r.Import == 0:
		fmt.Fprintln(out, "There was nothing to write.")
	default:
		fmt.Fprintf(out, "Written as %s; adam import undo %s takes it back.\n", r.Import, r.Import)
	}
}

type importListCmd struct{ working }

// Run lists the imports, the newest first.
func (c *importListCmd) Run(ctx context.Context, con console) error {
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	all, err := intake.Page(ctx, s.Client, intake.Wanted{})
	if err != nil {
		return err
	}
	if len(all) == 0 {
		fmt.Fprintln(con.out, "Nothing was imported yet. See adam import --help.")
	}
	for _, i := range all {
		fmt.Fprintf(con.out, "%s  %s  %-7s  %s  %d added, %d changed, %d differ, %d refused; by %s\n", i.ID, i.At, strings.ToLower(string(i.Status)), oneLine(i.File),
			i.Counts.Created, i.Counts.Changed, i.Counts.Differs, i.Counts.Refused, i.By)
	}
	return nil
}

type importUndoCmd struct {
	working
	ID string `arg:"" help:"The import, as adam import list names it."`
}

// Run takes an import back, as far as nobody has touched what it wrote.
func (c *importUndoCmd) Run(ctx context.Context, con console) error {
	id, err := term.ParseID(c.ID)
	if err != nil {
		return err
	}
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	var done *intake.Undone
	err = s.InTx(ctx, func(ctx context.Context, tx *ent.Tx) (err error) {
		done, err = intake.Undo(ctx, tx, id, time.Now())
		return err
	})
	if err != nil {
		return err
	}
	for _, name := range done.Stayed {
		fmt.Fprintf(con.out, "stays: %s\n", oneLine(name))
	}
	fmt.Fprintf(con.out, "%d records were withdrawn and %d are as they were before; %d were touched since, or are in use, and stay.\n", done.Withdrawn, done.Restored, len(done.Stayed))
	return nil
}
