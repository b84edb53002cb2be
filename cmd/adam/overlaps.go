package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"adam/ent"
	"adam/ent/activity"
	pairs "adam/ent/overlap"
	"adam/internal/fault"
	"adam/internal/overlap"
	"adam/internal/store"
	"adam/internal/term"
)

type overlapsCmd struct {
	Scan    overlapsScanCmd    `cmd:"" help:"Look for overlaps in the catalogue and keep them for coordinators. Nothing is decided."`
	Score   overlapsScoreCmd   `cmd:"" help:"Score the pairs of a list of activities that may overlap, before it is imported."`
	Weights overlapsWeightsCmd `cmd:"" help:"List the weights that decisions have taught, and turn a version on or off."`
}

type overlapsScanCmd struct {
	working
	All bool `help:"Compare all activities, not only those that have changed since a pair was last found."`
}

// Run looks for overlaps. A server that runs does so by itself.
func (c *overlapsScanCmd) Run(ctx context.Context, con console) error {
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	began := term.Now()
	k, err := overlap.NewWatch(s.Client, time.Now).Keep(ctx, s, c.All)
	if err != nil {
		return err
	}
	fmt.Fprintf(con.out, "%d activities were compared: %d pairs are new, %d have another score, %d are gone, and of %d settled ones what was compared has changed.\n", k.Compared, k.Found, k.Scored, k.Gone, k.Changed)
	return tellPairs(ctx, con.out, s, began)
}

// mostTold is how many new pairs are told; the queue of coordinators has all.
const mostTold = 20

// tellPairs tells of the pairs that were found since a time, what to look at first.
func tellPairs(ctx context.Context, out io.Writer, s *store.Store, since term.Instant) error {
	all, err := s.Client.Overlap.Query().Where(pairs.FoundAtGTE(since), pairs.DecisionEQ(term.OverlapOpen)).WithActivities(func(q *ent.ActivityQuery) { q.Order(activity.ByKey()) }).
		Order(ent.Desc(pairs.FieldRank), ent.Asc(pairs.FieldID)).Limit(mostTold).All(ctx)
	if err != nil {
		return err
	}
	for _, o := range all {
		var both []string
		for _, a := range o.Edges.Activities {
			both = append(both, a.Key+" “"+oneLine(a.Title)+"”")
		}
		fmt.Fprintf(out, "%s\t%s\t%s\n", o.Score, strings.ToLower(string(o.Kind)), strings.Join(both, "\t"))
	}
	return nil
}

type overlapsWeightsCmd struct {
	working
	On  string `placeholder:"VERSION" xor:"turn" help:"Use this version again. The newest one that is on counts."`
	Off string `placeholder:"VERSION" xor:"turn" help:"Use this version no longer."`
}

// Run turns a version on or off where one is named, then lists all, the newest first.
func (c *overlapsWeightsCmd) Run(ctx context.Context, con console) error {
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	if version := c.On + c.Off; version != "" {
		if err := overlap.UseWeights(ctx, s, version, c.On != ""); err != nil {
			return err
		}
	}
	all, err := overlap.Weights(ctx, s.Client)
	if err != nil {
		return err
	}
	now, err := overlap.LessonsOf(ctx, s.Client)
	if err != nil {
		return err
	}
	for _, w := range all {
		fmt.Fprintf(con.out, "%s\t%s\t%d decisions\tloss %s, with the shipped weights %s\t%s\n", w.Version, w.LearntAt, w.Decisions, w.LossAfter, w.LossBefore, map[bool]string{true: "on", false: "off"}[w.Used])
	}
	fmt.Fprintf(con.err, "Pairs are scored with the weights %s. The shipped ones are %s.\n", now.Model.Version, overlap.WeightsVersion())
	return nil
}

type overlapsScoreCmd struct {
	File  string  `arg:"" help:"The activities, one JSON object a line."`
	Kind  string  `required:"" enum:"A,B" help:"A: the same activity reported twice. B: overlapping assistance."`
	Least float64 `default:"-1" placeholder:"P" help:"The least score to write, from 0 to 1. Without it all pairs that were compared are written, of a list longer than 200,000 those from 0.05."`
}

// longList is from how many activities on only scores from leastOfLong are written, where nobody asks for others: all pairs
// of a long list would not fit into memory.
const (
	longList    = 200_000
	leastOfLong = 0.05
)

// memoryLimit is the memory, in bytes, near which the program rather cleans up more often than takes more.
const memoryLimit = 1800 << 20

// Run writes id, id and score of each pair, the likeliest first. It needs no database.
func (c *overlapsScoreCmd) Run(ctx context.Context, con console) error {
	if c.Least > 1 {
		return fault.New(fault.Invalid, "The least score is between 0 and 1, not %v.", c.Least).At("least")
	}
	all, err := c.read(con)
	if err != nil {
		return err
	}
	kind := map[string]term.OverlapKind{"A": term.OverlapSameActivity, "B": term.OverlapAssistance}[c.Kind]
	least := max(c.Least, 0)
	if c.Least < 0 && len(all) > longList {
		least = leastOfLong
	}
	out := bufio.NewWriter(con.out)
	pairs := 0
	err = overlap.New(all, overlap.Options{}).ScanKind(ctx, kind, least, func(p overlap.Pair) error {
		pairs++
		_, err := fmt.Fprintf(out, "%s\t%s\t%.5f\n", p.A, p.B, p.Score)
		return err
	})
	if err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(con.err, "%d pairs of %d activities were scored, with the weights %s.\n", pairs, len(all), overlap.WeightsVersion())
	return nil
}

// read reads the list; lines that are wrong are told and passed over.
func (c *overlapsScoreCmd) read(con console) ([]overlap.Activity, error) {
	f, err := os.Open(c.File)
	if err != nil {
		return nil, fault.New(fault.NotFound, "The file %s cannot be read. Look at its name and who may read it.", c.File).Because(err)
	}
	defer f.Close()
	debug.SetMemoryLimit(memoryLimit)
	var all []overlap.Activity
	bad := 0
	for a, err := range overlap.ReadList(f, c.File) {
		if err != nil {
			bad++
			fmt.Fprintln(con.err, err)
			continue
		}
		all = append(all, a)
	}
	if bad > 0 {
		fmt.Fprintf(con.err, "%d lines were passed over.\n", bad)
	}
	return all, nil
}
