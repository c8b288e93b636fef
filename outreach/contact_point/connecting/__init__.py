"""How the contact point hangs together with the rest of the house."""
