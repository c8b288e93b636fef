"""Sets documents and pictures for paper and screens, each in a process of its own. Knows no letter and no event."""
