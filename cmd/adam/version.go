package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

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

// built is when this program was made: the time of the commit that it was made from, else that of its file.
func built() time.Time {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if at, err := time.Parse(time.RFC3339, s.Value); s.Key == "vcs.time" && err == nil {
				return at
			}
		}
	}
	path, err := os.Executable()
	if err != nil {
		return time.Time{}
	}
	file, err := os.Stat(path)
	if err != nil {
		return time.Time{}
	}
	return file.ModTime()
}

func dirOf(path string) string { return filepath.Dir(path) }

type versionCmd struct{}

// Run tells the version.
func (versionCmd) Run(con console) error {
	fmt.Fprintf(con.out, "adam %s, database version %d\n", release(), migrate.Latest())
	return nil
}
