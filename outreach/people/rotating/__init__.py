"""Changes the register key: wraps each keyed hash, seals each field anew; renews hashes of who is seen again."""
