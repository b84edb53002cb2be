package server

import (
	"log/slog"
	"os"
	"runtime/debug"
	"strings"
	"testing"
	"testing/fstest"

	"adam/internal/fault"
)

func files(content map[string]string) fstest.MapFS {
	m := fstest.MapFS{}
	for name, text := range content {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

func TestMemoryLimitFitsTheMachine(t *testing.T) {
	const gib = 1 << 30
	meminfo := func(gb string) string { return "MemTotal:       " + gb + " kB\nMemFree: 1 kB\n" }
	tests := []struct {
		name string
		fs   map[string]string
		want int64
	}{
		{"not Linux", nil, 0},
		{"machine of 2 GiB", map[string]string{"proc/meminfo": meminfo("2097152")}, 3 * gib / 2},
		{"machine of 64 GiB", map[string]string{"proc/meminfo": meminfo("67108864")}, 4 * gib},
		{"container of 512 MiB", map[string]string{
			"proc/meminfo": meminfo("67108864"), "proc/self/cgroup": "0::/\n", "sys/fs/cgroup/memory.max": "536870912\n",
		}, 384 << 20},
		{"container of 16 GiB has no cap", map[string]string{
			"proc/meminfo": meminfo("67108864"), "sys/fs/cgroup/memory.max": "17179869184\n",
		}, 12 * gib},
		{"container without limit", map[string]string{
			"proc/meminfo": meminfo("2097152"), "sys/fs/cgroup/memory.max": "max\n",
		}, 3 * gib / 2},
		{"limit above the machine", map[string]string{
			"proc/meminfo": meminfo("2097152"), "sys/fs/cgroup/memory.max": "17179869184\n",
		}, 3 * gib / 2},
		{"unit of systemd below a slice", map[string]string{
			"proc/meminfo": meminfo("67108864"), "proc/self/cgroup": "1:cpu:/x\n0::/adam.slice/adam.service\n",
			"sys/fs/cgroup/adam.slice/adam.service/memory.max": "2147483648\n",
			"sys/fs/cgroup/adam.slice/memory.max":              "1073741824\n",
		}, 768 << 20},
		{"unreadable", map[string]string{"proc/meminfo": "MemTotal: many kB\n"}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := memoryLimit(files(tt.fs)); got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
		})
	}
}

func TestEnvironmentOverridesTheRuntime(t *testing.T) {
	before := debug.SetMemoryLimit(-1)
	for _, name := range []string{"GOGC", "GOMEMLIMIT"} {
		GoRuntime(func(n string) string { return map[string]string{name: "1"}[n] }, slog.New(slog.DiscardHandler))
		if got := debug.SetMemoryLimit(-1); got != before {
			t.Errorf("%s is set, but the limit became %d", name, got)
		}
	}
}

func TestRuntimeIsFittedToThisMachine(t *testing.T) {
	want, before := memoryLimit(os.DirFS("/")), debug.SetMemoryLimit(-1)
	if want == 0 {
		want = before // Go's own choice stands
	}
	defer func() {
		debug.SetGCPercent(100)
		debug.SetMemoryLimit(before)
	}()
	GoRuntime(func(string) string { return "" }, slog.New(slog.DiscardHandler))
	if got := debug.SetMemoryLimit(-1); got != want {
		t.Errorf("the limit is %d, want %d", got, want)
	}
}

func TestLoggerWritesTheFormatAskedFor(t *testing.T) {
	for format, want := range map[string]string{"text": "msg=hello", "json": `"msg":"hello"`} {
		var out strings.Builder
		logger, err := NewLogger(&out, format, "info")
		if err != nil {
			t.Fatal(err)
		}
		logger.Debug("unseen")
		logger.Info("hello", "Authorization", "CANARY", slog.Group("account", "password", "CANARY"))
		wantContains(t, out.String(), want, "withheld")
		if strings.Contains(out.String(), "CANARY") || strings.Contains(out.String(), "unseen") {
			t.Errorf("%s: %s", format, out.String())
		}
	}
	for _, tt := range [][2]string{{"xml", "info"}, {"json", "loud"}} {
		if _, err := NewLogger(&strings.Builder{}, tt[0], tt[1]); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%v: got %v", tt, err)
		}
	}
}
