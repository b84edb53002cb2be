package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

// hosts are the time zones of two servers. In one of them it is always another day than in Bangkok for part of the day, and
// between the two it is never the same one.
var hosts = []string{"Pacific/Kiritimati", "America/Los_Angeles"}

// Two servers on hosts in other time zones count the days of a chapter where the chapter is, and look at the calendar and
// send at once: each letter is written once and sent once.
func TestTwoServersInOtherTimeZonesCountTheSameDaysAndSendEachLetterOnce(t *testing.T) {
	for _, d := range []string{dialect.SQLite, dialect.Postgres} {
		t.Run(d, func(t *testing.T) {
			db, editions := testdb.Address(t, d), filepath.Join(t.TempDir(), "editions")
			box, taken := letterbox(t)
			var servers []*attempt
			for _, zone := range hosts {
				servers = append(servers, &attempt{T: t, publication: &publication{engine: d}, db: db, editions: editions, zone: zone})
			}
			a := servers[0]
			a.start()
			token := a.secretariat("first@example.org")
			a.secretariat("second@example.org")
			opened := inBangkok(-14)
			a.must(token, `mutation { openCycle(input: {chapter: "THA", openedOn: "`+opened+`"}) { cycle { id } } }`)
			a.stop()
			a.tickEverywhere(time.Now())
			var group sync.WaitGroup
			for _, s := range servers {
				group.Go(func() { s.start("--smtp", "smtp://"+box+"?from=adam@example.org") })
			}
			group.Wait()
			sameDays(t, servers, token)
			once(t, taken)
			a.dayByDay(token)
		})
	}
}

// inBangkok is a day there, so many days from now.
func inBangkok(days int) string {
	return time.Now().In(bangkok).AddDate(0, 0, days).Format(time.DateOnly)
}

var bangkok = time.FixedZone("Asia/Bangkok", 7*60*60)

// sameDays opens a review on each server, of chapters with one clock, and wants them to have the same days.
func sameDays(t *testing.T, servers []*attempt, token string) {
	t.Helper()
	before := inBangkok(0)
	for i, code := range []string{"VNM", "KHM"} {
		servers[i].must(token, `mutation { openCycle(input: {chapter: "`+code+`"}) { cycle { id } } }`)
	}
	if before != inBangkok(0) {
		return // midnight passed between the two
	}
	const days = `openedOn nominationDueOn reviewDueOn overdue`
	ask := `{ a: chapter(code: "VNM") { currentCycle { ` + days + ` } } b: chapter(code: "KHM") { currentCycle { ` + days + ` } } c: chapter(code: "THA") { currentCycle { ` + days + ` } } }`
	var said []string
	for _, s := range servers {
		said = append(said, s.must(token, ask))
	}
	cycles := regexp.MustCompile(`"currentCycle":({[^}]*})`).FindAllStringSubmatch(said[0], -1)
	if said[0] != said[1] || len(cycles) != 3 || cycles[0][1] != cycles[1][1] || !strings.Contains(cycles[0][1], `"openedOn":"`+before+`"`) ||
		!strings.Contains(cycles[0][1], `"nominationDueOn":"`+inBangkok(14)+`"`) || !strings.Contains(cycles[2][1], `"overdue":false`) {
		t.Errorf("on %s in Bangkok a server in %s says\n%s\nand one in %s\n%s", before, hosts[0], said[0], hosts[1], said[1])
	}
}

// once wants the letters to the two of the secretariat, each once: what the other server has sent as well comes soon after.
func once(t *testing.T, taken <-chan string) {
	t.Helper()
	var to []string
	for end := time.After(time.Minute); len(to) < 2; {
		select {
		case letter := <-taken:
			to = append(to, regexp.MustCompile(`(?m)^To: .*`).FindString(letter)+" "+subject(letter))
		case <-end:
			t.Fatalf("only %q came", to)
		}
	}
	select {
	case letter := <-taken:
		t.Errorf("beside %q there came\n%s", to, letter)
	case <-time.After(time.Second):
	}
	if slices.Sort(to); to[0] == to[1] {
		t.Errorf("%q came twice", to[0])
	}
}

// tickEverywhere looks at the calendar on both hosts at once, as if it were an instant.
func (a *attempt) tickEverywhere(at time.Time) {
	a.Helper()
	var group sync.WaitGroup
	for _, zone := range hosts {
		group.Go(func() {
			c := exec.Command("adam", "review", "tick", "--db", a.db, "--now", at.UTC().Format(time.RFC3339))
			c.Env = append(os.Environ(), "TZ="+zone)
			if said, err := c.CombinedOutput(); err != nil {
				a.Errorf("%v: %s", err, said)
			}
		})
	}
	group.Wait()
}

// dayByDay goes through the day on which the nominations are reminded of, and the day before it: the letters are written
// with the first hour of that day in Bangkok, once, whatever day the hosts have.
func (a *attempt) dayByDay(token string) {
	a.Helper()
	due := regexp.MustCompile(`"nominationDueOn":"([^"]*)"`).FindStringSubmatch(a.must(token, `{ chapter(code: "VNM") { currentCycle { nominationDueOn } } }`))[1]
	midnight, err := time.ParseInLocation(time.DateOnly, due, bangkok)
	if err != nil {
		a.Fatal(err)
	}
	midnight = midnight.AddDate(0, 0, -7)
	before := a.letters()
	for _, tick := range []struct {
		at   time.Duration
		want int // of Viet Nam and Cambodia, to two people each
	}{{-23 * time.Hour, 0}, {-time.Minute, 0}, {time.Minute, 4}, {-time.Hour, 4}, {23 * time.Hour, 4}} {
		a.tickEverywhere(midnight.Add(tick.at))
		if n := a.letters() - before; n != tick.want {
			a.Errorf("%s from midnight in Bangkok there are %d letters; expected %d", tick.at, n, tick.want)
		}
	}
}

// letters counts the reminders about Viet Nam and Cambodia.
func (a *attempt) letters() int {
	a.Helper()
	all, err := a.store().Client.Mail.Query().All(testdb.Context(a.T))
	if err != nil {
		a.Fatal(err)
	}
	return len(slices.DeleteFunc(all, func(m *ent.Mail) bool {
		return !strings.Contains(m.Subject, "Viet Nam") && !strings.Contains(m.Subject, "Cambodia")
	}))
}
