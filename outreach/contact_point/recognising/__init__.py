"""Who of the register those who signed up are, and which of them no list may name."""
