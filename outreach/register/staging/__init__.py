"""An uploaded extract between the reading and the yes: the allow-listed rows, compressed and sealed, for 24 hours."""
