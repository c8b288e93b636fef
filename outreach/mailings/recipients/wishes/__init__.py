"""What was asked for or is known of the addresses that guests left: sealed, so it is found in the process."""
