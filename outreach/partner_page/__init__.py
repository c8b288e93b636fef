"""What partners see and do by their own link, and what guests do at a stand; with what it takes to write to both."""
