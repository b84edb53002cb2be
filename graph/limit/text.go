package limit

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"

	"adam/internal/fault"
)

// maxNesting is how many braces and brackets may be open at once, in a document that is otherwise still allowed 12
// levels of fields: fragments and input objects open some too.
const maxNesting = 100

// checkText looks through a document before it is parsed, for what would make parsing and validating it take long:
// deep nesting, and names that stand in it often, because validation compares all fields of a name with each other.
// What is no GraphQL passes, and so does what has too many words: the parser refuses both.
func checkText(query string, limits Limits) *gqlerror.Error {
	if len(query) < 2*min(limits.Repeats, maxNesting) { // too short for either: a name and what follows it take two bytes
		return nil
	}
	seen := make(map[string]int)
	open := 0
	lex := lexer.New(&ast.Source{Input: query})
	for range limits.Tokens {
		token, err := lex.ReadToken()
		if err != nil || token.Kind == lexer.EOF {
			return nil
		}
		at := token.Pos
		switch token.Kind {
		case lexer.BraceL, lexer.BracketL, lexer.ParenL:
			if open++; open > maxNesting {
				return refuse(&at, fault.Limit, "The operation is nested more than %d levels deep; at most %d levels of fields "+
					"within fields are allowed. Ask for the deeper ones in a request of their own.", maxNesting, limits.Depth)
			}
		case lexer.BraceR, lexer.BracketR, lexer.ParenR:
			open--
		case lexer.Name:
			if seen[token.Value]++; seen[token.Value] > limits.Repeats {
				return refuse(&at, fault.Limit, "The name %q stands more than %d times in the document. Select a field once "+
					"where you need it, and give long lists of input as variables.", short(token.Value), limits.Repeats)
			}
		}
	}
	return nil
}

// short keeps a name that is repeated to its sender readable.
func short(name string) string {
	if len(name) > 40 {
		return name[:40] + "…"
	}
	return name
}
