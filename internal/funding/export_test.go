package funding

// WithMuch calls more than n identifiers much, for as long as f takes.
func WithMuch(n int, f func()) {
	defer func(usual int) { much = usual }(much)
	much = n
	f()
}
