"""A saved page, as plain text or HTML of any template, becomes one article."""
