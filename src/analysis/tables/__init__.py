"""All documents of a region together: one row a figure, years held against years, tables loaded."""
