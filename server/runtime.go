package server

import (
	"io/fs"
	"log/slog"
	"math"
	"os"
	"path"
	"runtime/debug"
	"strconv"
	"strings"
)

const (
	// gcPercent lets the heap grow to three times what lives before a collection. What lives is small, tens of
	// megabytes beside the answers under way, and most garbage is a request's: collecting half as often saves processor
	// time that readers wait for, and costs memory only up to the limit below.
	gcPercent = 200
	// memoryShare of the memory is Go's. SQLite's page caches, the stacks of the kernel and its file cache stand
	// outside the limit and need the rest.
	memoryShare = 0.75
	// machineCap bounds the limit on a whole machine, where PostgreSQL may live too: 4 GiB is half of a machine of
	// 8 GB and many times what a server with ten thousand readers holds. A cgroup's memory is ours alone and has no cap.
	machineCap = 4 << 30
)

// GoRuntime fits the garbage collector to the machine, once at the start: see the constants for the reasons. Where the
// environment sets GOGC or GOMEMLIMIT, or the memory is unknown (outside Linux), Go's own choice stands. The limit is
// soft: near it Go collects more often, but never fails an allocation.
func GoRuntime(getenv func(string) string, logger *slog.Logger) {
	if getenv("GOGC") != "" || getenv("GOMEMLIMIT") != "" {
		return
	}
	limit := memoryLimit(os.DirFS("/"))
	if limit == 0 {
		return
	}
	debug.SetGCPercent(gcPercent)
	debug.SetMemoryLimit(limit)
	logger.Debug("memory", slog.Int64("limit_bytes", limit), slog.Int("gc_percent", gcPercent))
}

// memoryLimit is Go's share in bytes of the memory of the machine whose root is given; 0 where it is unknown.
func memoryLimit(root fs.FS) int64 {
	total := machineMemory(root)
	if total == 0 {
		return 0
	}
	limit := min(share75(total), machineCap)
	if group := cgroupMemory(root); group < total { // a higher limit than the memory limits nothing
		limit = share75(group)
	}
	return limit
}

func share75(bytes int64) int64 { return int64(float64(bytes) * memoryShare) }

// machineMemory reads MemTotal; 0 where it cannot.
func machineMemory(root fs.FS) int64 {
	text, err := fs.ReadFile(root, "proc/meminfo")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(line)
		if len(fields) >= 2 && fields[0] == "MemTotal:" {
			kb, err := strconv.ParseInt(fields[1], 10, 64)
			if err != nil || kb <= 0 || kb > math.MaxInt64>>10 {
				return 0
			}
			return kb << 10
		}
	}
	return 0
}

// cgroupMemory is the lowest memory.max from our cgroup (version 2) up to the root; the largest number where none is
// set. In a container the root is its own group; under systemd our group is further down.
func cgroupMemory(root fs.FS) int64 {
	lowest := int64(math.MaxInt64)
	for group := ownCgroup(root); ; group = path.Dir(group) {
		text, err := fs.ReadFile(root, path.Join("sys/fs/cgroup", group, "memory.max"))
		if err == nil {
			if n, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64); err == nil && n > 0 { // else "max"
				lowest = min(lowest, n)
			}
		}
		if group == "/" {
			return lowest
		}
	}
}

// ownCgroup is the path of our cgroup of version 2, the line "0::/…"; "/" where there is none.
func ownCgroup(root fs.FS) string {
	text, err := fs.ReadFile(root, "proc/self/cgroup")
	if err != nil {
		return "/"
	}
	for line := range strings.Lines(string(text)) {
		if group, ok := strings.CutPrefix(strings.TrimSpace(line), "0::"); ok {
			return path.Clean("/" + group)
		}
	}
	return "/"
}
