"""The guest list on paper, for an evening when phones fail: printed, marked, and held up against scans."""
