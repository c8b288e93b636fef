"""Delivery reports (RFC 3464) that come back to the bounce address: read as a stream, matched by our own Message-ID."""
