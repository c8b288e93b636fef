"""What phones send: scans, one that somebody waits for or hundreds from a queue, stored and told what they mean."""
