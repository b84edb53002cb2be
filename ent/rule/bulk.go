//go:build !codegen

package rule

import (
	"strings"

	"adam/internal/search"
	"adam/internal/term"
)

// AnchorColumns are those of Anchor, in their order.
const AnchorColumns = "id kind key title names body key_tokens title_tokens names_tokens body_tokens"

// Anchor is the row of table records for a new record, with the document that search reads: for loads that write many
// records at once, past RecordHooks.
func Anchor(id term.ID, key, title string, names []string, body ...string) []any {
	doc := search.NewDocument(key, title, names, body...)
	return []any{id, string(recordKinds[id.Kind()]), key, title, strings.Join(names, "\n"), strings.Join(body, "\n"),
		doc[search.Key], doc[search.Title], doc[search.Names], doc[search.Body]}
}
