package store

import "syscall"

// errReadOnly is what the system says of a file system mounted read-only.
const errReadOnly = syscall.EROFS
