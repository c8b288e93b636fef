"""Letters that KS SvarUt delivers instead of a printer: a released batch is handed to the sender, letter by letter."""
