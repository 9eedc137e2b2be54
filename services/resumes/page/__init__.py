"""Lines with places to rows in reading order: columns, rails, tables, forms and broken lines."""
