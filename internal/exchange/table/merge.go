package table

// merge gives every part of merged cells the value of the first, and tells it once for each range.
func (in *sheetReader) merge() error {
	at := in.row.Number - 1
	for len(in.spans) > 0 && in.spans[0].row <= at {
		in.open = append(in.open, in.spans[0])
		in.spans = in.spans[1:]
	}
	kept := in.open[:0]
	for _, s := range in.open {
		if s.row == at {
			s.value, s.has = in.row.at(s.col), true
			if s.value.Text != "" && (s.to > s.row || s.by > s.col) {
				in.told.at(s.value, in.sheet.name, Merged, Note, "The cells "+s.name+" are merged. Each was read as if it held what stands in the first.")
			}
		}
		if s.has && s.value.Text != "" && s.row <= at && at <= s.to {
			for col := s.col; col <= s.by && col < in.o.MostColumns; col++ {
				c := s.value
				c.Row, c.Col, c.Merged, c.Origin = in.row.Number, col, s.name, s.value.Row
				if err := in.put(c); err != nil {
					return err
				}
			}
		}
		if s.to > at && s.value.Text != "" {
			kept = append(kept, s)
		}
	}
	clear(in.open[len(kept):])
	in.open = kept
	return nil
}
