"""What an upload that waits holds of people: rows, looked-at cells, examples; sealed, and opened again."""
