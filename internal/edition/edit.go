package edition

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"adam/internal/term"

	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/schema/field"
)

// withoutWithheld takes out of the history of a record the changes of what the record withholds.
func withoutWithheld(ctx context.Context, s *selection, t *schema.Table) (func([]any) error, error) {
	record, list := at(t, "record_id"), at(t, "changes")
	chapters, err := s.hiddenChapters(ctx)
	if err != nil {
		return nil, err
	}
	return func(row []any) error {
		raw, _ := row[list].(string)
		if raw == "[]" {
			return nil
		}
		var changes []term.Change
		if err := json.Unmarshal([]byte(raw), &changes); err != nil {
			return fmt.Errorf("changes of history entry %v: %w", row[0], err)
		}
		of, _ := row[record].(int64)
		kept := slices.DeleteFunc(changes, func(c term.Change) bool {
			return s.hides(of, c) || c.Field == "chapters" && (names(c.From, chapters) || names(c.To, chapters))
		})
		plain, err := json.Marshal(kept)
		if err != nil {
			return err
		}
		row[list], err = compact(string(plain))
		return err
	}, nil
}

// hiddenChapters lists the codes of the chapters that the audience has not: history names chapters by them.
func (s *selection) hiddenChapters(ctx context.Context) ([]string, error) {
	var codes []string
	kinds := []field.Type{field.TypeInt64, field.TypeString}
	err := s.from.each(ctx, "SELECT id, code FROM chapters", kinds, func(row []any) error {
		if !s.in["chapters"].has(row[0].(int64)) {
			codes = append(codes, row[1].(string))
		}
		return nil
	})
	return codes, err
}

// names tells whether a value of history, a list of codes, has one of them.
func names(value *string, codes []string) bool {
	return value != nil && slices.ContainsFunc(strings.Split(*value, "; "), func(c string) bool { return slices.Contains(codes, c) })
}

// hides tells whether a change of a record's history shows what the record itself withholds, or names something that
// the audience has not.
func (s *selection) hides(record int64, c term.Change) bool {
	return slices.Contains(s.hidden[record], c.Field) || s.unknown(c.From) || s.unknown(c.To)
}

// unknown tells whether a value in a history is the identifier of a row that the audience has not.
func (s *selection) unknown(value *string) bool {
	if value == nil || !strings.Contains(*value, "_") {
		return false
	}
	id, err := term.ParseID(*value)
	return err == nil && !s.in[id.Kind().Table()].has(int64(id))
}

// In the tokens of a search document the texts stand between bars, as package search writes them.
const textMark = " | "

// anchorText is how search documents name a record.
type anchorText struct{ title, tokens string }

// withoutLostNames takes the names of hidden records out of the search documents of those that pointed at them: an
// actor is found by the name of its State, which may be hidden. All records have been copied before their anchors.
func withoutLostNames(ctx context.Context, s *selection, t *schema.Table) (func([]any) error, error) {
	names, err := s.namesOfLost(ctx)
	if err != nil || len(names) == 0 {
		return nil, err
	}
	id, body, tokens := at(t, "id"), at(t, "body"), at(t, "body_tokens")
	return func(row []any) error {
		record, _ := row[id].(int64)
		for _, parent := range s.lost[record] {
			row[body], row[tokens] = without(row[body], row[tokens], names[parent])
		}
		return nil
	}, nil
}

// without takes a name out of a body, where it is a line of its own, and out of its tokens.
func without(body, tokens any, name anchorText) (any, any) {
	lines, _ := body.(string)
	kept, found := cut(lines, "\n", name.title)
	if !found {
		return body, tokens
	}
	list, _ := tokens.(string)
	rest, found := cut(list, textMark, name.tokens)
	if !found {
		return kept, "" // cut short where the document was too long: better found by less than telling too much
	}
	return kept, rest
}

// cut removes the last piece of a text that equals another.
func cut(text, between, piece string) (string, bool) {
	pieces := strings.Split(text, between)
	for i := len(pieces) - 1; i >= 0; i-- {
		if pieces[i] == piece {
			return strings.Join(slices.Delete(pieces, i, i+1), between), true
		}
	}
	return text, false
}

// namesOfLost reads how documents name the records that others lost.
func (s *selection) namesOfLost(ctx context.Context) (map[int64]anchorText, error) {
	var wanted []int64
	for _, parents := range s.lost {
		wanted = append(wanted, parents...)
	}
	slices.Sort(wanted)
	names := map[int64]anchorText{}
	for part := range slices.Chunk(slices.Compact(wanted), mostRows) {
		list := make([]string, len(part))
		for i, id := range part {
			list[i] = strconv.FormatInt(id, 10)
		}
		query := `SELECT id, title, title_tokens FROM records WHERE id IN (` + strings.Join(list, ", ") + `)`
		kinds := []field.Type{field.TypeInt64, field.TypeString, field.TypeString}
		err := s.from.each(ctx, query, kinds, func(row []any) error {
			names[row[0].(int64)] = anchorText{row[1].(string), row[2].(string)}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return names, nil
}
