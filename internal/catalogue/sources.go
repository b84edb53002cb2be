package catalogue

import (
	"context"

	"adam/ent"
	"adam/ent/source"
	"adam/internal/term"
)

// sourceFields are what can be said of a document (SourceInput).
var sourceFields = []field{
	line("title", source.FieldTitle, longTitle).needed(),
	line("publisher", source.FieldPublisher, longLine),
	address("url", source.FieldURL),
	day("accessedOn", source.FieldAccessedOn),
	code[term.SourceKind]("kind", source.FieldKind).or(term.DeskResearch),
}

// planSources reads the documents of an input. One that the record names already is not added again.
func (p *plan) planSources(given map[string]any) {
	path := p.in.at("sources")
	v := given["sources"]
	if v == nil {
		v = []any{}
	}
	list, _ := p.in.list(path, v)
	for i, x := range list {
		at := itemPath(path, i)
		doc := p.in.columns(at, p.in.normal(at, x, sourceFields), sourceFields, true)
		for j := range sourceFields {
			if f := &sourceFields[j]; !has(doc, f.column) {
				doc[f.column] = f.unknown
			}
		}
		p.sources = append(p.sources, doc)
	}
	if !p.in.now.known() && len(p.sources) == 0 && p.s.factual() {
		p.in.fail(path, "Say which document shows this: give its title, and its address where it has one, in sources.")
	}
	p.matchSources()
}

// matchSources finds which of the documents the record names already.
func (p *plan) matchSources() {
	p.appended = nil
	stand := p.standingSources()
	for _, doc := range p.sources {
		if id := stood(stand, doc); id != 0 {
			doc[source.FieldID] = id
			continue
		}
		p.appended = append(p.appended, doc)
	}
}

func (p *plan) standingSources() []row {
	if !p.in.now.known() || len(p.sources) == 0 {
		return nil
	}
	all, err := rowsOf(p.in.c.Source.Query().Where(source.RecordID(p.in.now.id()), source.TakenBack(false)).All(p.in.ctx))
	p.in.broken(err)
	return all
}

// stood finds a document among those of the record.
func stood(all []row, doc map[string]any) term.ID {
	for _, r := range all {
		alike := true
		for i := range sourceFields {
			column := sourceFields[i].column
			alike = alike && same(r.get(column), doc[column])
		}
		if alike {
			return r.id()
		}
	}
	return 0
}

// appendSources adds the new documents after those that stand, and gives the one that shows the change: the first.
func (p *plan) appendSources(ctx context.Context, c *ent.Client, record term.ID) (term.ID, error) {
	if len(p.appended) > 0 {
		last, err := c.Source.Query().Where(source.RecordID(record)).Count(ctx)
		if err != nil {
			return 0, err
		}
		for i, doc := range p.appended {
			create := c.Source.Create().SetRecordID(record).SetPosition(last + i)
			doc[source.FieldID] = term.NewID(term.KindSource)
			create.SetID(doc[source.FieldID].(term.ID))
			values := merged(doc, nil)
			delete(values, source.FieldID)
			if err := set(create.Mutation(), values); err != nil {
				return 0, err
			}
			if err := create.Exec(ctx); err != nil {
				return 0, err
			}
		}
	}
	if len(p.sources) == 0 {
		return 0, nil
	}
	return p.sources[0][source.FieldID].(term.ID), nil
}
