package querygen

import "encoding/json"

// Answered is an answer to an operation with a cursor wherever there can be one.
func (q Query) Answered(cursor string) []byte {
	data := map[string]any{}
	for _, l := range q.lists {
		at := data
		for _, name := range l.path {
			next, ok := at[name].(map[string]any)
			if !ok {
				next = map[string]any{}
				at[name] = next
			}
			at = next
		}
		at["edges"] = []any{map[string]any{"cursor": cursor}}
	}
	body, _ := json.Marshal(map[string]any{"data": data}) // maps and texts can't fail
	return body
}
