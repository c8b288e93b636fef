"""How partners' pages hang together with the rest of the house."""
