"""The sheet that stands on a partner's stand, and the page that it leads guests to."""
