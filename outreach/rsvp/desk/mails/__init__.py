"""The ticket that the front desk sends by SMS."""
