"""Who gets a mailing, from what is true now: counts, lists and the rows that are queued, by one and the same SELECT."""
