"""One message on its way through a transport: read, attempt, outcome. Put together once, since each message passes."""
