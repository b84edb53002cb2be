package audit

// UntilMidnight is tested as it is: waiting for midnight would take too long.
var UntilMidnight = untilMidnight

// Origin is what the first entry follows.
var Origin = origin
