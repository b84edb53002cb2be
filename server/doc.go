// Package server is ADAM's door to the network: it listens, routes, protects, measures and stops in good order.
//
// What answers a request is given to it as [Handlers]; everything around the answer is here, one file for each
// concern. A request passes, from the outside in: its id, the client's address, the access log, the metrics, the
// recovery from bugs, the security headers, the protection against other origins, CORS, the router; then, for its
// route, the time limit, the body limit, who is asking ([Doors.Identify]), whether they may come ([Needs]) and
// compression. Errors that reach a person go through [Answer].
package server
