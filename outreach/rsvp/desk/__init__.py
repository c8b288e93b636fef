"""The front desk: somebody phones or comes by, and staff find their invitation and answer for them."""
