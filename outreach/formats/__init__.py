"""Forms that data takes outside: codes, QR, calendar files, CSV, dates, counts. Pure."""
