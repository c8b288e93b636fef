"""Partner organisations and their contacts: what staff keep of them, checked."""
