package overlap

// MendFrom makes an index of so many activities a large one, which is mended and not made anew at each change.
func (w *Watch) MendFrom(activities int) { w.few = activities }

// Renewed waits for a new index that is being made beside, and says whether there was one.
func (w *Watch) Renewed() bool {
	w.turn <- struct{}{}
	r := w.renewal
	<-w.turn
	if r != nil {
		<-r.done
	}
	return r != nil
}
