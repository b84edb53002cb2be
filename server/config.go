package server

import (
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"adam/internal/fault"
)

// Config is what the person who runs the server decides. The words in its errors name the options of `adam serve`.
type Config struct {
	Addr           string         // host:port to listen on; an empty host means every interface
	MetricsAddr    string         // host:port for /metrics alone; an empty host means loopback; "" turns it off
	BaseURL        string         // the address people use, such as https://adam.example.org; never taken from a request
	TrustedProxies []netip.Prefix // only these may say who the client is
	CORSOrigins    []string       // sites whose pages may read /graphql, /schema.graphql and /data
	Timeouts       Timeouts       // a zero in it means the default
	Version        string         // shown in the metrics
}

// Timeouts are the patience of the server. Zero means the value of [DefaultTimeouts].
type Timeouts struct {
	Header   time.Duration // to receive the header of a request
	Read     time.Duration // to receive a whole request, its body included
	Request  time.Duration // for a handler to answer, where its route does not say otherwise
	Write    time.Duration // from the header's arrival until the answer is sent; a hard end
	Download time.Duration // in place of Request and Write for /data
	Idle     time.Duration // to keep a connection that has no request
	Announce time.Duration // to serve on, with /readyz at 503, before refusing connections; part of Drain
	Drain    time.Duration // to finish what is under way when stopping
}

// DefaultTimeouts are chosen for people on slow links: an answer has 10 s to be made and 30 s to arrive; an edition of
// 200 MB arrives within half an hour at 1 Mbit/s. Announce is zero: only a load balancer that polls /readyz needs it.
func DefaultTimeouts() Timeouts {
	return Timeouts{
		Header: 5 * time.Second, Read: 15 * time.Second, Request: 10 * time.Second, Write: 30 * time.Second,
		Download: 30 * time.Minute, Idle: time.Minute, Drain: 10 * time.Second,
	}
}

// filled puts the default in place of each zero.
func (t Timeouts) filled() Timeouts {
	def := DefaultTimeouts()
	for _, f := range []struct{ value, def *time.Duration }{
		{&t.Header, &def.Header}, {&t.Read, &def.Read}, {&t.Request, &def.Request}, {&t.Write, &def.Write},
		{&t.Download, &def.Download}, {&t.Idle, &def.Idle}, {&t.Drain, &def.Drain},
	} {
		if *f.value == 0 {
			*f.value = *f.def
		}
	}
	return t
}

// Validate says in sentences everything that is wrong with c, as one fault of kind INVALID; nil if nothing is.
func (c Config) Validate() error {
	var p problems
	p.listenAddress("addr", c.Addr)
	if c.MetricsAddr != "" {
		p.listenAddress("metrics-addr", c.MetricsAddr)
	}
	if _, ok := originOf(strings.TrimSuffix(c.BaseURL, "/")); !ok {
		p.add("base-url", "%q is not an address of a site: write the scheme and the host that people type, without a "+
			"path, for example https://adam.example.org or http://localhost:8080.", c.BaseURL)
	}
	p.proxies(c.TrustedProxies)
	for _, o := range c.CORSOrigins {
		p.corsOrigin(o)
	}
	p.timeouts(c.Timeouts.filled())
	return p.fault()
}

// ownOrigin is the origin of BaseURL as browsers write it. c must be valid.
func (c Config) ownOrigin() string {
	o, _ := originOf(strings.TrimSuffix(c.BaseURL, "/"))
	return o
}

// originOf writes raw as a browser would in the Origin header: in small letters, without a default port.
func originOf(raw string) (origin string, ok bool) {
	u, err := url.Parse(raw)
	if err != nil || u.Hostname() == "" || (u.Scheme != "http" && u.Scheme != "https") ||
		u.User != nil || u.Path != "" || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		return "", false
	}
	host := strings.ToLower(u.Hostname())
	if strings.ContainsAny(host, "* ") {
		return "", false
	}
	port := u.Port()
	if port == "" || u.Scheme == "http" && port == "80" || u.Scheme == "https" && port == "443" {
		if strings.Contains(host, ":") {
			host = "[" + host + "]"
		}
		return u.Scheme + "://" + host, true
	}
	return u.Scheme + "://" + net.JoinHostPort(host, port), true
}

// problems collects sentences, so that a person mends all of them at once.
type problems struct {
	sentences []string
	fields    []string
}

func (p *problems) add(option, format string, args ...any) {
	sentence := fault.New(fault.Invalid, format, args...).Sentence
	p.sentences = append(p.sentences, "--"+option+": "+sentence)
	p.fields = append(p.fields, option)
}

func (p *problems) fault() error {
	if len(p.sentences) == 0 {
		return nil
	}
	return fault.New(fault.Invalid, "%s", strings.Join(p.sentences, " ")).At(p.fields...)
}

func (p *problems) listenAddress(option, addr string) {
	_, port, err := net.SplitHostPort(addr)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		p.add(option, "%q is not an address to listen on: write host:port with a port from 0 to 65535, for example "+
			"localhost:8080, or :8080 without a host.", addr)
	}
}

func (p *problems) proxies(all []netip.Prefix) {
	for _, prefix := range all {
		switch {
		case !prefix.IsValid() || prefix.Addr().Is4In6():
			p.add("trusted-proxy", "%s is not a network: write one address or a network such as 10.0.0.0/8 or "+
				"fd00::/8.", prefix)
		case prefix.Bits() == 0:
			p.add("trusted-proxy", "%s would let every client say that it is someone else: name only the addresses "+
				"of your own proxies.", prefix)
		}
	}
}

func (p *problems) corsOrigin(raw string) {
	switch origin, ok := originOf(raw); {
	case !ok:
		p.add("cors-origin", "%q is not one site: write scheme and host without a path or a star, for example "+
			"https://charts.example.org.", raw)
	case origin != raw:
		p.add("cors-origin", "browsers write %q as %q: write it so too, or it never matches.", raw, origin)
	}
}

func (p *problems) timeouts(t Timeouts) {
	for _, d := range []time.Duration{t.Header, t.Read, t.Request, t.Write, t.Download, t.Idle, t.Announce, t.Drain} {
		if d < 0 {
			p.add("timeouts", "%s is negative: a time limit is a positive duration such as 10s.", d)
		}
	}
	if t.Request > t.Write {
		p.add("timeouts", "an answer may take %s to be made, but only %s until it is sent: make the limit for writing at "+
			"least as long as the one for a request.", t.Request, t.Write)
	}
	if t.Announce > t.Drain {
		p.add("timeouts", "announcing the stop for %s does not fit into the %s for stopping: shorten the first or "+
			"lengthen the second.", t.Announce, t.Drain)
	}
}
