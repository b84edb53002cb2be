package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"adam/internal/testdb"

	"entgo.io/ent/dialect"
	"github.com/rogpeppe/go-internal/testscript"
)

// The scripts in testdata/script drive the real program: this test binary, called adam.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"adam": func() {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		defer stop()
		os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
	}})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:      "testdata/script",
		Deadline: time.Now().Add(3 * time.Minute), // a hang fails by its name
		Setup: func(env *testscript.Env) error {
			env.Setenv("ADDR", freeAddress(t))
			return nil
		},
		Condition: func(cond string) (bool, error) {
			return cond == "postgres" && postgresRuns(), nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"await": await, "get": get, "ask": ask, "killserver": killServer, "pause": pause, "postgresdb": postgresDB, "corrupt": corrupt,
		},
	})
}

// freeAddress is an address on loopback where nothing listens now.
func freeAddress(t testing.TB) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func postgresRuns() bool {
	ctx, stop := context.WithTimeout(context.Background(), 3*time.Second)
	defer stop()
	_, drop, err := testdb.Open(ctx, dialect.Postgres)
	if err != nil {
		return strings.Contains(os.Getenv("ADAM_TEST_REQUIRE"), "postgres")
	}
	drop()
	return true
}

// await waits until a server answers: await $ADDR.
func await(ts *testscript.TestScript, _ bool, args []string) {
	for range 300 {
		r, err := http.Get("http://" + args[0] + "/readyz")
		if err == nil {
			_ = r.Body.Close()
			if r.StatusCode == http.StatusOK {
				return
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	ts.Fatalf("nothing answers at %s", args[0])
}

// get writes a status and the body to answer.txt: get $ADDR /path [Header: value …].
func get(ts *testscript.TestScript, _ bool, args []string) {
	r, err := http.NewRequest(http.MethodGet, "http://"+args[0]+args[1], nil)
	ts.Check(err)
	for _, h := range args[2:] {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
	}
	answer(ts, r)
}

// ask sends a GraphQL body: ask $ADDR /graphql {"query": …}.
func ask(ts *testscript.TestScript, _ bool, args []string) {
	r, err := http.NewRequest(http.MethodPost, "http://"+args[0]+args[1], strings.NewReader(args[2]))
	ts.Check(err)
	r.Header.Set("Content-Type", "application/json")
	answer(ts, r)
}

func answer(ts *testscript.TestScript, r *http.Request) {
	got, err := http.DefaultClient.Do(r)
	ts.Check(err)
	defer got.Body.Close()
	body, err := io.ReadAll(got.Body)
	ts.Check(err)
	text := fmt.Sprintf("%d %s\n%s\n", got.StatusCode, got.Header.Get("Content-Type"), body)
	ts.Check(os.WriteFile(ts.MkAbs("answer.txt"), []byte(text), 0o600))
}

// pause waits for a while: pause 200ms. It chooses the moment at which a server is killed.
func pause(ts *testscript.TestScript, _ bool, args []string) {
	d, err := time.ParseDuration(args[0])
	ts.Check(err)
	time.Sleep(d)
}

// killServer ends background programs as a power cut would: kill -9.
func killServer(ts *testscript.TestScript, _ bool, _ []string) {
	for _, c := range ts.BackgroundCmds() {
		_ = c.Process.Kill()
	}
}

// postgresDB makes an empty database and puts its address into the environment: postgresdb NAME.
func postgresDB(ts *testscript.TestScript, _ bool, args []string) {
	address, drop, err := testdb.Fresh(context.Background(), dialect.Postgres)
	ts.Check(err)
	ts.Defer(drop)
	ts.Setenv(args[0], address)
}

// corrupt overwrites the middle of a file: corrupt FILE.
func corrupt(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	data, err := os.ReadFile(path)
	ts.Check(err)
	for i := range min(len(data), 4096) {
		data[i] = 'x'
	}
	ts.Check(os.Chmod(path, 0o600))
	ts.Check(os.WriteFile(path, data, 0o600))
}
