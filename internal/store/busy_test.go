package store_test

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/fault"
	"adam/internal/store"
	"adam/internal/testdb"

	entsql "entgo.io/ent/dialect/sql"
)

const busySentence = "Many people use the catalogue at this moment. Try again in a minute."

// A server that takes no more connections for the moment is told to everybody as it is, whatever was asked of it.
func TestAServerWithoutAFreeConnectionIsNoMistakeOfOurs(t *testing.T) {
	for _, sqlstate := range []string{"53300", "57P03"} {
		address := testdb.Refusing(t, sqlstate)
		if _, err := store.Open(t.Context(), address); fault.KindOf(err) != fault.TooMany || err.Error() != busySentence {
			t.Errorf("%s: opening gives %v", sqlstate, err)
		}
		db, dialect, err := store.Connect(address)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = db.Close() }()
		st := &store.Store{DB: db, Dialect: dialect, Client: ent.NewClient(ent.Driver(entsql.OpenDB(dialect, db)))}
		nothing := func(context.Context, *ent.Tx) error { return nil }
		_, read := st.Client.State.Query().All(program(t))
		for what, err := range map[string]error{"a query": read, "a transaction": st.InTx(program(t), nothing)} {
			if f := fault.As(err); f == nil || f.Kind != fault.TooMany || f.Sentence != busySentence {
				t.Errorf("%s: %s gives %v", sqlstate, what, err)
			}
		}
	}
}

// Only what passes by itself is told so: another refusal stays a mistake that the operator has to mend.
func TestAnotherRefusalIsNotTakenForABusyServer(t *testing.T) {
	for sqlstate, kind := range map[string]fault.Kind{"28P01": fault.Invalid, "3D000": fault.Invalid, "53200": fault.Invalid} {
		if _, err := store.Open(t.Context(), testdb.Refusing(t, sqlstate)); fault.KindOf(err) != kind {
			t.Errorf("%s: %v", sqlstate, err)
		}
	}
}

func TestAServerWithFewConnectionsIsNotAskedForMore(t *testing.T) {
	for most, allowed := range map[string]bool{"2": true, "1000": true, "1": false, "1001": false, "many": false, "": false} {
		db, _, err := store.Connect("postgres://adam@127.0.0.1:5432/adam?pool_max_conns=" + most)
		if allowed {
			if err != nil || strconv.Itoa(db.Stats().MaxOpenConnections) != most {
				t.Errorf("%q: %v", most, err)
			}
			continue
		}
		isOneClearSentence(t, err, "The number of connections is not understood. Write pool_max_conns=20, with a number from 2 to 1000", "")
	}
}

// While one writes into a SQLite file for long, others are told that it is so, whether they wait in the same program or not.
func TestOthersAreToldThatSomethingLargeIsBeingWritten(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "adam.db")
	var stores [2]*store.Store
	for i := range stores {
		s, err := store.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		stores[i] = s
	}
	long, stop := make(chan struct{}), make(chan struct{})
	go func() {
		_ = stores[0].InTx(program(t), func(context.Context, *ent.Tx) error { close(long); <-stop; return nil })
	}()
	<-long
	defer close(stop)
	nothing := func(context.Context, *ent.Tx) error { return nil }
	told := make(chan error, 2)
	for _, s := range stores {
		go func() { told <- s.InTx(program(t), nothing) }()
	}
	ctx, cancel := context.WithTimeout(program(t), 10*time.Millisecond)
	defer cancel()
	for _, err := range []error{<-told, <-told, stores[0].InTx(ctx, nothing)} {
		if f := fault.As(err); f == nil || f.Kind != fault.TooMany || !strings.Contains(f.Sentence, "Nothing of yours was written: try again in a minute.") {
			t.Errorf("told %v", err)
		}
	}
}
