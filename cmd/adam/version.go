package main

import (
	"fmt"
	"path/filepath"
	"runtime/debug"

	"adam/ent/migrate"
)

// version is set by a release build: -ldflags "-X main.version=1.2.3".
var version = ""

// release is the version as people should quote it.
func release() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

func dirOf(path string) string { return filepath.Dir(path) }

type versionCmd struct{}

// Run tells the version.
func (versionCmd) Run(con console) error {
	fmt.Fprintf(con.out, "adam %s, database version %d\n", release(), migrate.Latest())
	return nil
}
