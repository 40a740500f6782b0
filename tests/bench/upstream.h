// The vendor behind both proxies: a small HTTP/1.1 server, written by hand so that it costs little of the machine.
#pragma once

namespace patchbay::bench {

/// Serves until it is ended by a signal; prints its port on standard output. One thread.
int runUpstream();

} // namespace patchbay::bench
