package ent

import (
	"slices"

	"adam/ent/historyentry"
)

// Client is the client that the query reads with.
func (_q *HistoryEntryQuery) Client() *Client {
	c := &Client{config: _q.config}
	c.init()
	return c
}

// EnsureRecord loads which record each entry is about, whatever else the query loads.
func (_q *HistoryEntryQuery) EnsureRecord() {
	if fields := _q.ctx.Fields; len(fields) > 0 && !slices.Contains(fields, historyentry.FieldRecordID) {
		_q.ctx.Fields = append(fields, historyentry.FieldRecordID)
	}
}
