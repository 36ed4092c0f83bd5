"""The customer's phone, as a page on which a person plays the customer."""
