package server

import (
	"testing"

	"adam/ent"
	"adam/internal/store"
	"adam/internal/testdb"

	entsql "entgo.io/ent/dialect/sql"
)

func TestADatabaseWithoutAFreeConnectionIsToldAtEveryDoor(t *testing.T) {
	db, dialect, err := store.Connect(testdb.Refusing(t, "53300"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	h := houseOn(t, &store.Store{DB: db, Dialect: dialect, Client: ent.NewClient(ent.Driver(entsql.OpenDB(dialect, db)))})
	b := &browser{house: h, cookie: "any"}
	const sentence = "Many people use the catalogue at this moment. Try again in a minute."
	wantPage(t, b.get("/account"), 429, sentence)
	wantPage(t, b.post("/account/password", "password", "x"), 429, sentence)
	wantPage(t, h.browser().signIn("a@example.org"), 429, sentence)
	for _, target := range []string{"/graphql", "/read"} {
		w := h.ask("GET", target, "", "Authorization", "Bearer adam_x", "Accept", "application/json")
		wantPage(t, w, 429, sentence, "TOO_MANY")
	}
}
