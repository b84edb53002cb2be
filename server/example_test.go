package server_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"

	"adam/internal/fault"
	"adam/server"
)

// Everything that a program does to serve.
func Example() {
	ctx, stop := context.WithCancel(context.Background()) // a program uses signal.NotifyContext
	defer stop()
	logger, err := server.NewLogger(os.Stderr, "json", "error")
	if err != nil {
		fmt.Println(err)
		return
	}
	server.GoRuntime(os.Getenv, logger)
	page := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		server.Answer(w, r, fault.New(fault.NotFound, "There is no State %q.", r.PathValue("code")))
	})
	s := server.New(server.Config{Addr: "localhost:0", BaseURL: "http://localhost:8080"}, server.Handlers{
		SchemaSDL: "type Query { states: [State!]! }",
		Routes:    []server.Route{{Pattern: "GET /states/{code}", Needs: server.Anyone, Handler: page}},
		Ready:     func(context.Context) error { return errors.New("not yet") },
	}, logger)
	s.OnListening = func(string) {
		fmt.Println("ready")
		stop()
	}
	fmt.Println(s.Run(ctx))
	// Output:
	// ready
	// <nil>
}
