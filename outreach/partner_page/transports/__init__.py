"""The only modules of this capability that speak to the outside."""
